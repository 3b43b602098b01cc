"""A run's saved model, measured anew on the test part of its data."""

from dataclasses import dataclass

from nettool.data.load import load
from nettool.data.place import Place
from nettool.engine.agreement import completed
from nettool.engine.evaluation import evaluate
from nettool.engine.load import load_model
from nettool.engine.user_layers import blaming_user_code
from nettool.graph.complete_plan import complete_plan
from nettool.graph.plan import Plan
from nettool.jobs.clock import Clock
from nettool.record.checkpoints import Checkpoint, model_path
from nettool.record.events import Evaluated, Listener, Note
from nettool.record.run_directory import RunDirectory


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of a checkpoint on the test part."""

    checkpoint: Checkpoint
    samples: int
    figures: dict[str, float]


def evaluate_run(
    run: RunDirectory,
    plan: Plan,
    checkpoint: Checkpoint,
    place: Place,
    listener: Listener,
    *,
    progress: bool = False,
) -> Measured:
    """Load and measure. Raises DataError, and FileNotFoundError when the run has no such checkpoint."""
    if plan.data is None:
        raise ValueError("a plan without data cannot be evaluated")
    loaded = load(plan.data, place, lambda _: None, progress=progress)
    for note in loaded.notes:
        listener(Note(note))
    clock = Clock()
    with blaming_user_code(plan.python):
        model = load_model(model_path(run, checkpoint))
        whole = complete_plan(plan, completed(plan.graph, model))
        figures = evaluate(model, whole, loaded.test)
    listener(Evaluated("test", len(loaded.test), figures, clock.lap("test")))
    return Measured(checkpoint, len(loaded.test), figures)
