"""A part of a run's data, or of other data, treated as the run's own were."""

from collections.abc import Mapping
from dataclasses import dataclass

from nettool.data.column import Part
from nettool.data.failure import DataError
from nettool.data.load import load
from nettool.data.place import Place
from nettool.data.preparation import Preparation
from nettool.data.same_treatment import same_treatment
from nettool.data.sources.source import PartName
from nettool.graph.plan import Plan
from nettool.graph.settings import Training
from nettool.jobs.identity import other_files
from nettool.record.preparation_file import preparation_path, read_preparation
from nettool.record.run_directory import RunDirectory

_MIXED: Mapping[PartName, str] = {
    "train": "",
    "validation": "; its validation part may hold samples of the training",
    "test": "; its test part may hold samples of the training",
}


@dataclass(frozen=True, slots=True, eq=False)
class PreparedPart:
    """Samples, what was done to them, and what is to be told of that."""

    part: Part
    preparation: Preparation
    notes: tuple[str, ...]


def prepared_part(
    run: RunDirectory,
    plan: Plan,
    place: Place,
    part: PartName = "test",
    *,
    is_own_data: bool = True,
    progress: bool = False,
) -> PreparedPart:
    """A part of the plan's data.

    The run's own data are divided as they were for the training. Other data, of which the run saw nothing,
    are a test part as a whole where they have none.

    Raises DataError, also when the data cannot be treated so, and when the part is empty.
    """
    if plan.data is None or plan.binding is None:
        raise ValueError("a plan without data has no part of them")
    prepared = read_preparation(run)
    if prepared is None:
        raise DataError(
            f"the run does not say what was done to its data: there is no `{preparation_path(run)}`",
            ("train it again, and the file is written",),
        )
    bound = {each.field for each in plan.binding.inputs} | {each.field for each in plan.binding.targets}
    alike = same_treatment(plan.data, prepared, bound)
    training = plan.training or Training()
    loaded = load(
        alike.request,
        place,
        lambda _: None,
        progress=progress,
        validation_split=training.validation_split,
        seed=training.seed,
        prepared=alike.preparation,
        is_test_data=not is_own_data,
    )
    samples = {"train": loaded.train, "validation": loaded.validation, "test": loaded.test}[part]
    if not len(samples):
        raise DataError(
            "there is no validation part: the run held nothing out (`train.validation_split` is 0)"
        )
    changed = other_files(run, loaded) if is_own_data else ()
    notes = (
        f"{name} is not the file that was trained on (its checksum differs){_MIXED[part]}" for name in changed
    )
    return PreparedPart(samples, alike.preparation, (*alike.notes, *loaded.notes, *notes))
