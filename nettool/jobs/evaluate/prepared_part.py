"""A part of a run's data, or of other data, treated as the run's own were."""

from collections.abc import Iterator
from dataclasses import dataclass

from nettool.data.column import Part
from nettool.data.failure import DataError
from nettool.data.load import Loaded, load
from nettool.data.place import Place
from nettool.data.prediction.apply_preparation import apply_preparation
from nettool.data.prediction.preparation import Preparation
from nettool.data.request import DataRequest
from nettool.data.sources.source import SET_NAMES, PartName
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.identity.identity import other_files, same_files
from nettool.jobs.identity.trained_on import shared_with_training
from nettool.record.files.preparation_file import no_preparation, read_preparation
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory

_DIVIDING = ("classes", "limit", "test_split")
"""What of `data` decides which samples a part gets that is taken from the training samples."""


@dataclass(frozen=True, slots=True, eq=False)
class PreparedPart:
    """Samples, what was done to them, and notes on that."""

    part: Part
    preparation: Preparation
    notes: tuple[str, ...]


def prepared_part(
    run: RunDirectory,
    plan: TrainablePlan,
    place: Place,
    part: PartName = "test",
    *,
    own: DataRequest | None = None,
    progress: bool = False,
) -> PreparedPart:
    """A part of the plan's data; `own` says what the run itself was trained on, if that is something else.

    The run's own data are divided as they were for the training. Data of another source are a test part as a
    whole where they have none.

    Raises DataError, also when the data cannot be treated so, and when the part is empty.
    """
    prepared = read_preparation(run)
    if prepared is None:
        raise no_preparation(run)
    is_other = own is not None and own.source != plan.data.source
    bound = {each.field for each in plan.binding.inputs} | {each.field for each in plan.binding.targets}
    applied = apply_preparation(plan.data, prepared, bound)
    loaded = load(
        applied.request,
        place,
        lambda _: None,
        progress=progress,
        validation_split=plan.training.validation_split,
        seed=plan.training.seed,
        prepared=applied.preparation,
        is_test_data=is_other,
    )
    samples = loaded.parts[part]
    if not len(samples):
        raise DataError("there is no validation set: `train.validation_split` of the run is 0")
    reasons = tuple(
        _files_of_training(run, loaded) if is_other else _changes(run, loaded, plan.data, own, part)
    )
    may_share = is_other or (bool(reasons) and part != "train")
    shared = _training_samples(run, plan, samples, part, reasons) if may_share else reasons
    return PreparedPart(samples, applied.preparation, (*applied.notes, *loaded.notes, *shared))


def _files_of_training(run: RunDirectory, loaded: Loaded) -> Iterator[str]:
    for name in same_files(run, loaded):
        yield f"{name} is a file of the run's own data (its checksum is the same)"


def _changes(
    run: RunDirectory, loaded: Loaded, data: DataRequest, own: DataRequest | None, part: PartName
) -> Iterator[str]:
    """What is otherwise than for the training; a part that was taken from it depends on more."""
    for name in other_files(run, loaded):
        yield f"{name} is not the file that was trained on (its checksum differs)"
    for name in _DIVIDING if own is not None and part in loaded.held_out - {"train"} else ():
        if getattr(data, name) != getattr(own, name):
            yield f"`data.{name}` is not what it was for the training"


def _training_samples(
    run: RunDirectory, plan: TrainablePlan, samples: Part, part: PartName, reasons: tuple[str, ...]
) -> Iterator[str]:
    """The reasons why there may be training samples in a part of other data, and how many there are.

    The run's own data, as they were, are divided as for the training: there is no reason to look.
    """
    try:
        shared = shared_with_training(run, plan, samples)
    except (RunDamaged, OSError) as error:
        yield f"it is not known which samples were trained on: {error}"
        shared = None
    name = SET_NAMES[part]
    if shared is None:
        yield from (f"{reason}; the {name} may hold samples of the training" for reason in reasons)
        return
    yield from reasons
    if reasons or shared.count:
        yield shared.words(name)
