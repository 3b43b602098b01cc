"""What shows a run whose results are safe: its pictures, and what its report needs."""

from functools import partial

from nettool.data.load import Loaded
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.observe.confusions import write_confusion
from nettool.jobs.observe.observations import keep_observations
from nettool.jobs.observe.optional import Extras, not_made
from nettool.jobs.observe.reconstructions import write_reconstructions
from nettool.jobs.observe.recorded import Recorded
from nettool.jobs.observe.seen_test import SeenTest
from nettool.record.files.pictures import write_plot
from nettool.record.run_directory import RunDirectory
from nettool.views.charts.confusion import MOST_CLASSES
from nettool.views.charts.curves import draw_curves

_MOST_MATRICES = 12
"""Pictures of confusion matrices; of small ones the report has its own drawings, however many there are."""


def draw_pictures(recorded: Recorded, name: str, plan: TrainablePlan, loaded: Loaded, extras: Extras) -> None:
    """Fill plots/ and observations.json of the run, which is called `name`."""
    run, model, seen = recorded.finished.run, recorded.model, recorded.seen
    if recorded.history.rows:
        extras.attempt("the picture of the curves", partial(_draw_curves, recorded, name))
    if seen is not None:
        for output, error in seen.failed.items():
            extras.note(not_made(f"what the report shows of `{output}`", error))
        seen = seen.without_failed
        _draw_confusions(run, plan, loaded, seen, extras)
        make = partial(write_reconstructions, run, plan, loaded.test, model)
        extras.attempt("the pictures of the reconstructions", make)
    keep_observations(run, plan, loaded, model, seen, extras)


def _draw_curves(recorded: Recorded, name: str) -> None:
    pictures = draw_curves(recorded.history.rows, recorded.results.better, name)
    for form, picture in pictures.items():
        write_plot(recorded.finished.run, "curves", form, picture)


def _draw_confusions(
    run: RunDirectory, plan: TrainablePlan, loaded: Loaded, seen: SeenTest, extras: Extras
) -> None:
    readable = [each for each in seen.classes if len(each.classes) <= MOST_CLASSES]
    for each in seen.classes:
        if each not in readable:
            extras.note(
                f"no picture of the confusion matrix of `{each.form.output}`: {len(each.classes):,} "
                "classes are too many for one; the report lists what was most often confused"
            )
    for each in readable[:_MOST_MATRICES]:
        what = f"the confusion matrix of `{each.form.output}`"
        extras.attempt(what, partial(write_confusion, run, plan, loaded.test, each))
    if len(readable) > _MOST_MATRICES:
        extras.note(f"confusion matrices are drawn for the first {_MOST_MATRICES} of {len(readable)} outputs")
