"""The confusion matrices of a run, as pictures in its plots."""

from nettool.engine.evaluation import ClassPredictions
from nettool.graph.plan import Plan
from nettool.record.pictures import write_plot
from nettool.record.run_directory import RunDirectory
from nettool.views.confusion import confusion_matrix, draw_confusion


def write_confusions(run: RunDirectory, plan: Plan, predictions: tuple[ClassPredictions, ...]) -> None:
    """One for every output that gives a class."""
    for prediction in predictions:
        count = len(prediction.classes)
        matrix = confusion_matrix(prediction.right, prediction.given.clip(0, count - 1), count)
        several = len(plan.graph.outputs) > 1
        stem = f"confusion_{prediction.output}" if several else "confusion"
        title = f"{plan.graph.name}: {prediction.output}" if several else plan.graph.name
        for form, picture in draw_confusion(matrix, prediction.classes, title).items():
            write_plot(run, stem, form, picture)
