"""The confusion matrices of a run, as pictures in its plots."""

from nettool.data.column import Part
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.observe.seen_classes import SeenAnswers
from nettool.record.files.pictures import output_stem, write_plot
from nettool.record.run_directory import RunDirectory
from nettool.views.charts.confusion import draw_confusion


def write_confusion(run: RunDirectory, plan: TrainablePlan, part: Part, seen: SeenAnswers) -> None:
    """That of an output that gives a class; `seen` was shown its answers to the part."""
    several = len(plan.graph.outputs) > 1
    output = seen.form.output
    title = f"{plan.graph.name}: {output}" if several else plan.graph.name
    matrix = seen.confusions(part).matrix
    for form, picture in draw_confusion(matrix, seen.classes, title).items():
        write_plot(run, output_stem("confusion", output if several else None), form, picture)
