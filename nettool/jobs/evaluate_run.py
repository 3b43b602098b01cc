"""A run's saved model, measured anew: on a part of its data, or of other data treated alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from nettool.data.place import Place
from nettool.data.request import DataRequest
from nettool.data.sources.source import PartName
from nettool.engine.evaluate.evaluation import evaluate
from nettool.engine.evaluate.load_model import load_model
from nettool.engine.model.keras_check import completed
from nettool.engine.model.user_layers import blaming_user_code
from nettool.graph.complete_plan import complete_plan
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.clock import Clock
from nettool.jobs.prepared_part import prepared_part
from nettool.jobs.whole_batches import left_out, left_out_note, require_a_batch
from nettool.record.checkpoints.model_files import Checkpoint, model_path
from nettool.record.events.events import Evaluated, Listener, Note
from nettool.record.run_directory import RunDirectory

_WORDS: Mapping[PartName, str] = {"train": "training", "validation": "validation", "test": "test"}


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of a checkpoint on so many samples of a part of the data; the last are `left_out`."""

    checkpoint: Checkpoint
    part: PartName
    samples: int
    figures: dict[str, float]
    left_out: int = 0


def evaluate_run(
    run: RunDirectory,
    plan: TrainablePlan,
    checkpoint: Checkpoint,
    place: Place,
    listener: Listener,
    *,
    part: PartName = "test",
    own: DataRequest | None = None,
    progress: bool = False,
) -> Measured:
    """Load the plan's data, treat them as the run's own were, and measure a part.

    The run's own data are divided as they were for the training. Data of another source than `own`, which the
    run was trained on, are measured as a whole where they have no test part.

    Raises DataError, also when the data cannot be treated so, and FileNotFoundError when the run has no such
    checkpoint.
    """
    given = prepared_part(run, plan, place, part, own=own, progress=progress)
    samples = given.part
    require_a_batch(plan, samples, _WORDS[part])
    note = left_out_note(plan, samples, _WORDS[part])
    for each in (*given.notes, *([] if note is None else [note])):
        listener(Note(each))
    clock = Clock()
    with blaming_user_code(plan.python):
        model = load_model(model_path(run, checkpoint), plan.graph, plan.precision)
        whole = complete_plan(plan, completed(plan.graph, model))
        figures = evaluate(model, whole, samples)
    rest = left_out(plan, samples)
    measured = len(samples) - rest
    listener(Evaluated(part, measured, figures, clock.lap(part), rest))
    return Measured(checkpoint, part, measured, figures, rest)
