"""A run's saved model, measured anew: on a part of its data, or of other data treated alike."""

from dataclasses import dataclass

from nettool.data.sources.source import PartName
from nettool.graph.trainable_plan import trainable
from nettool.jobs.call_error import CallError
from nettool.jobs.open_run import OpenRun
from nettool.jobs.run_options import RunOptions
from nettool.record.checkpoints.model_files import Checkpoint
from nettool.record.events.events import Evaluated, Note
from nettool.spec.overrides import overridden_path


@dataclass(frozen=True, slots=True)
class Measured:
    """Loss and metrics of a model on so many samples of a part of the data; its last ones are `left_out`."""

    checkpoint: Checkpoint
    part: PartName
    samples: int
    metrics: dict[str, float]
    left_out: int = 0


def evaluate(
    run: OpenRun,
    options: RunOptions,
    *,
    part: PartName = "test",
    overrides: tuple[str, ...] = (),
    data: str | None = None,
) -> Measured:
    """Load the data, treat them as the run's own were, and measure the model on a part of them.

    The run's own data are divided as they were for the training. `data` of another source, and those that
    `overrides` of `data` name, are measured as a whole where they have no test part.

    Raises CallError for overrides of anything else, and when the run has no such model; DataError, also when
    the data cannot be treated so; and what `OpenRun.start` raises.
    """
    _require_data_alone(overrides)
    run.require_model()
    own = run.plan
    plan = trainable(run.plan_with(overrides, data) if overrides or data is not None else own)
    run.start(plan, options.engine)
    waiting = options.engine.waiting
    with waiting("loading the data"):
        from nettool.engine.evaluate.evaluation import evaluate as measure
        from nettool.engine.evaluate.load_model import load_model
        from nettool.engine.model.keras_check import completed
        from nettool.engine.model.user_layers import blaming_user_code
        from nettool.graph.complete_plan import complete_plan
        from nettool.jobs.clock import Clock
        from nettool.jobs.evaluate.prepared_part import prepared_part
        from nettool.jobs.evaluate.whole_batches import left_out, left_out_note, require_a_batch

        progress = options.progress
        given = prepared_part(run.directory, plan, options.place, part, own=own.data, progress=progress)
    samples = given.part
    require_a_batch(plan, samples, part)
    note = left_out_note(plan, samples, part)
    for each in (*given.notes, *([] if note is None else [note])):
        options.on_event(Note(each))
    clock = Clock()
    with waiting(f"measuring {part}"), blaming_user_code(plan.python):
        model = load_model(run.model_file, plan.graph, plan.precision)
        metrics = measure(model, complete_plan(plan, completed(plan.graph, model)), samples)
    rest = left_out(plan, samples)
    count = len(samples) - rest
    options.on_event(Evaluated(part, count, metrics, clock.lap(part), rest))
    return Measured(run.checkpoint, part, count, metrics, rest)


def _require_data_alone(overrides: tuple[str, ...]) -> None:
    for text in overrides:
        path = overridden_path(text)
        if path.partition(".")[0] != "data":
            raise CallError(f"evaluate measures the run as it is: only `data` can be set, not `{path}`")
