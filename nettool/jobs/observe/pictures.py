"""The pictures of a run whose results are safe: curves, confusion matrices, reconstructions."""

from dataclasses import dataclass
from functools import partial

from nettool.data.column import Part
from nettool.data.load import Loaded
from nettool.engine.model.model_type import Model
from nettool.engine.train.history import History
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.observe.class_predictions import ClassPredictions
from nettool.jobs.observe.kept_predictions import KeptPredictions
from nettool.jobs.observe.observations import keep_observations
from nettool.jobs.observe.optional_steps import OptionalSteps, not_made
from nettool.jobs.observe.reconstructions import write_reconstructions
from nettool.record.files.pictures import output_stem, write_plot
from nettool.record.files.results import Results
from nettool.record.run_directory import RunDirectory
from nettool.views.charts.confusion import draw_confusion
from nettool.views.charts.curves import draw_curves

_MOST_MATRICES = 12
"""Pictures of confusion matrices; of small ones the report has its own drawings, however many there are."""


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """A recorded run and its trained model; `seen` is None when the test set was not measured."""

    run: RunDirectory
    results: Results
    history: History
    model: Model
    seen: KeptPredictions | None


def draw_pictures(
    recorded: Recorded, name: str, plan: TrainablePlan, loaded: Loaded, optional: OptionalSteps
) -> None:
    """Fill plots/ and observations.json of the run, which is called `name`."""
    run, model, seen = recorded.run, recorded.model, recorded.seen
    if recorded.history.rows:
        optional.attempt("the picture of the curves", partial(_draw_curves, recorded, name))
    if seen is not None:
        for output, error in seen.failed.items():
            optional.note(not_made(f"what the report shows of `{output}`", error))
        seen = seen.without_failed
        _draw_confusions(run, plan, loaded, seen, optional)
        make = partial(write_reconstructions, run, plan, loaded.test, model)
        optional.attempt("the pictures of the reconstructions", make)
    keep_observations(run, plan, loaded, model, seen, optional)


def _draw_curves(recorded: Recorded, name: str) -> None:
    pictures = draw_curves(recorded.history.rows, recorded.results.better, name)
    for form, picture in pictures.items():
        write_plot(recorded.run, "curves", form, picture)


def _draw_confusions(
    run: RunDirectory, plan: TrainablePlan, loaded: Loaded, seen: KeptPredictions, optional: OptionalSteps
) -> None:
    for each in seen.classes[:_MOST_MATRICES]:
        what = f"the confusion matrix of `{each.form.output}`"
        optional.attempt(what, partial(write_confusion, run, plan, loaded.test, each))
    if len(seen.classes) > _MOST_MATRICES:
        optional.note(
            f"confusion matrices are drawn for the first {_MOST_MATRICES} of {len(seen.classes)} outputs"
        )


def write_confusion(run: RunDirectory, plan: TrainablePlan, part: Part, seen: ClassPredictions) -> None:
    """That of an output that gives a class; `seen` has its predictions for the part."""
    several = len(plan.graph.outputs) > 1
    output = seen.form.output
    title = f"{plan.graph.name}: {output}" if several else plan.graph.name
    for form, picture in draw_confusion(seen.confusions(part), seen.classes, title).items():
        write_plot(run, output_stem("confusion", output if several else None), form, picture)
