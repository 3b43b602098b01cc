"""The one sample that `nettool inspect RUN activations` is about: of the run's data, or of files."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nettool.cli.options.named_files import by_field
from nettool.cli.options.target import note
from nettool.cli.runs.inspect.inspected_data import looked_at
from nettool.cli.runs.inspect.options import Inspected, needed_address
from nettool.data.sources.source import SET_NAMES
from nettool.diagnostics.suggest import counted, listing

if TYPE_CHECKING:
    from nettool.data.column import Part
    from nettool.data.field import Field
    from nettool.data.prediction.preparation import Preparation
    from nettool.graph.trainable_plan import TrainablePlan
    from nettool.jobs.predict.loaded_model import LoadedModel


@dataclass(frozen=True, slots=True, eq=False)
class OneSample:
    """A part of one sample, the fields of the data, and the sample's name in words and in a file's name."""

    opened: "LoadedModel"
    part: "Part"
    fields: "tuple[Field, ...]"
    name: str
    stem: str
    notes: tuple[str, ...]


def sample_of_data(look: Inspected, nodes: tuple[str, ...], number: int) -> OneSample:
    """The sample of that number in the part that is looked at; a usage error when there is none."""
    import numpy as np

    data = looked_at(look, nodes)
    words = SET_NAMES[look.part]
    if number >= len(data.part):
        raise click.UsageError(
            f"there is no sample {number}: the {words} has {counted(len(data.part), 'sample')}, "
            f"0 to {len(data.part) - 1}"
        )
    one = data.part.take(np.array([number]))
    labels = [field for field in data.fields if field.classes and field.name in one.columns]
    notes = (
        f"{field.name}: {field.classes[int(np.ravel(one.columns[field.name].array())[0])]}"
        for field in labels
    )
    name = f"sample {number} of the {words}"
    return OneSample(data.opened, one, data.fields, name, f"{look.part}-{number}", tuple(notes))


def sample_of_files(
    look: Inspected, nodes: tuple[str, ...], image: str, fields: tuple[str, ...], *, invert: bool
) -> OneSample:
    """The sample in a file, or in a file for each field; a usage error when it is not one alone."""
    plan, preparation = look.run.prepared_network
    for node in nodes:
        needed_address(plan, node)
    part, name = _given(plan, preparation, image, fields, invert=invert)
    opened = look.run.ask(plan, preparation, look.engine())
    return OneSample(opened, part, preparation.fields, name, Path(name.partition("[")[0]).stem, ())


def _given(
    plan: "TrainablePlan", preparation: "Preparation", image: str, fields: tuple[str, ...], *, invert: bool
) -> "tuple[Part, str]":
    """The one sample of the files, and its name."""
    from nettool.data.prediction.input_field import input_fields
    from nettool.data.prediction.read_inputs import read_by_field, read_inputs

    wanted = input_fields(plan.data, preparation, (each.field for each in plan.binding.inputs))
    names = [each.field.name for each in wanted]
    if invert and not any(each.steps is not None for each in wanted):
        raise click.UsageError(f"--invert is for images, and the network takes {listing(names)}")
    if fields:
        groups, notes = read_by_field(by_field(fields, names), wanted, invert=invert)
    else:
        groups, notes = read_inputs([image], wanted, invert=invert)
    for each in notes:
        note(each)
    count = sum(map(len, groups))
    if count != 1:
        raise click.UsageError(f"there are {count:,} samples in what is given: a picture shows one")
    return groups[0].part, str(groups[0].name(0))
