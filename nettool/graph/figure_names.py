"""What figures are called: `loss`, `accuracy`; with several outputs `left_loss`, `left_accuracy`."""

from collections.abc import Sequence
from typing import Literal

from nettool.graph.objectives import Metric
from nettool.vocabulary.metric_directions import direction_of


def metric_figure(metric: Metric, outputs: Sequence[str]) -> str:
    """The figure of one metric; the output's name stands before it where there are several outputs."""
    return metric.label if len(outputs) == 1 else f"{metric.output}_{metric.label}"


def figure_names(outputs: Sequence[str], losses: Sequence[str], metrics: Sequence[Metric]) -> tuple[str, ...]:
    """All figures in the order in which they are shown. `losses`: the outputs that have a loss.

    As in Keras, a single loss is just `loss`, however many outputs there are.
    """
    names = ["loss"]
    if len(losses) > 1:
        names += [f"{output}_loss" for output in losses]
    names += [metric_figure(metric, outputs) for metric in metrics]
    return tuple(dict.fromkeys(names))


def figure_directions(
    outputs: Sequence[str], losses: Sequence[str], metrics: Sequence[Metric]
) -> dict[str, Literal["min", "max"]]:
    """All figures, in the order of `figure_names`, with whether less or more of each is better."""
    found: dict[str, Literal["min", "max"]] = dict.fromkeys(figure_names(outputs, losses, metrics), "min")
    for metric in metrics:
        found[metric_figure(metric, outputs)] = direction_of(metric.name)
    return found
