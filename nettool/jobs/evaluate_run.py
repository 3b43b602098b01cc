"""A run's saved model, measured anew: on a part of its data, or of other data treated alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from nettool.data.failure import DataError
from nettool.data.load import load
from nettool.data.place import Place
from nettool.data.same_treatment import same_treatment
from nettool.data.sources.source import PartName
from nettool.engine.agreement import completed
from nettool.engine.evaluation import evaluate
from nettool.engine.load import load_model
from nettool.engine.user_layers import blaming_user_code
from nettool.graph.complete_plan import complete_plan
from nettool.graph.plan import Plan
from nettool.graph.settings import Training
from nettool.jobs.clock import Clock
from nettool.jobs.whole_batches import require_a_batch
from nettool.record.checkpoints import Checkpoint, model_path
from nettool.record.events import Evaluated, Listener, Note
from nettool.record.preparation_file import preparation_path, read_preparation
from nettool.record.run_directory import RunDirectory

_WORDS: Mapping[PartName, str] = {"train": "training", "validation": "validation", "test": "test"}


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of a checkpoint on a part of the data."""

    checkpoint: Checkpoint
    part: PartName
    samples: int
    figures: dict[str, float]


def evaluate_run(
    run: RunDirectory,
    plan: Plan,
    checkpoint: Checkpoint,
    place: Place,
    listener: Listener,
    *,
    part: PartName = "test",
    is_own_data: bool = True,
    progress: bool = False,
) -> Measured:
    """Load the plan's data, treat them as the run's own were, and measure a part.

    The run's own data are divided as they were for the training. Other data, of which the run saw nothing,
    are measured as a whole where they have no test part.

    Raises DataError, also when the data cannot be treated so, and FileNotFoundError when the run has no such
    checkpoint.
    """
    if plan.data is None or plan.binding is None:
        raise ValueError("a plan without data cannot be evaluated")
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
    require_a_batch(plan, samples, _WORDS[part])
    for note in (*alike.notes, *loaded.notes):
        listener(Note(note))
    clock = Clock()
    with blaming_user_code(plan.python):
        model = load_model(model_path(run, checkpoint))
        whole = complete_plan(plan, completed(plan.graph, model))
        figures = evaluate(model, whole, samples)
    listener(Evaluated(part, len(samples), figures, clock.lap(part)))
    return Measured(checkpoint, part, len(samples), figures)
