"""The files that a model is asked about: together, or for each field its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nettool.data.prediction.input_field import input_fields
from nettool.data.prediction.inputs import PredictionInputs
from nettool.data.prediction.preparation import Preparation
from nettool.data.prediction.read_inputs import read_by_field, read_inputs
from nettool.diagnostics.suggest import counted, did_you_mean, listing
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.call_error import CallError


@dataclass(frozen=True, slots=True)
class GivenFiles:
    """Files with all fields, or `by_field` those of each; `invert` takes dark for bright in images."""

    files: Sequence[str] = ()
    by_field: Mapping[str, Sequence[str]] = field(default_factory=dict)
    invert: bool = False


def read_files(
    plan: TrainablePlan, preparation: Preparation, given: GivenFiles
) -> tuple[tuple[PredictionInputs, ...], tuple[str, ...]]:
    """The samples in the files, treated as the run's own data were, in groups; and notes on them.

    Raises CallError for files that the network cannot take, DataMissing and DataError.
    """
    wanted = input_fields(plan.data, preparation, (each.field for each in plan.binding.inputs))
    names = [each.field.name for each in wanted]
    if given.invert and not any(each.steps is not None for each in wanted):
        raise CallError(
            f"only images can be inverted, and the network takes {listing(names)}", argument="invert"
        )
    for name in given.by_field:
        if name not in names:
            advice = did_you_mean(name, names) or f"its fields are {listing(names)}"
            raise CallError(f"the network takes no field `{name}`: {advice}")
    if bool(given.by_field) == bool(given.files):
        raise CallError(
            f"the network takes {counted(len(names), 'field')}, {listing(names)}: "
            "name a FILE, or --field NAME=FILE for each, not both"
        )
    if given.by_field:
        return read_by_field(given.by_field, wanted, invert=given.invert)
    return read_inputs(given.files, wanted, invert=given.invert)
