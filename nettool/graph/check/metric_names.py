"""What figures are called: `loss`, `accuracy`; with several outputs `left_loss`, `left_accuracy`."""

from collections.abc import Sequence

from nettool.graph.objectives import Loss, Metric
from nettool.vocabulary.metric_directions import Direction, direction_of


def metric_figure(metric: Metric, outputs: Sequence[str]) -> str:
    """The figure of one metric; the output's name stands before it where there are several outputs."""
    return metric.label if len(outputs) == 1 else f"{metric.output}_{metric.label}"


def figure_names(
    outputs: Sequence[str], losses: Sequence[Loss], metrics: Sequence[Metric]
) -> tuple[str, ...]:
    """All figures in the order in which they are shown.

    As in Keras, the loss of a single output is just `loss`, however many outputs there are.
    """
    names = ["loss"]
    measured = dict.fromkeys(loss.output for loss in losses)
    if len(measured) > 1:
        names += [f"{output}_loss" for output in measured]
    names += [metric_figure(metric, outputs) for metric in metrics]
    return tuple(dict.fromkeys(names))


def figure_directions(
    outputs: Sequence[str], losses: Sequence[Loss], metrics: Sequence[Metric]
) -> dict[str, Direction]:
    """All figures, in the order of `figure_names`, with whether less or more of each is better."""
    found: dict[str, Direction] = dict.fromkeys(figure_names(outputs, losses, metrics), "min")
    for metric in metrics:
        found[metric_figure(metric, outputs)] = direction_of(metric.name)
    return found
