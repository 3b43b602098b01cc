"""What losses and metrics are called: `loss`, `accuracy`; of several outputs `left_loss`, `left_accuracy`."""

from collections.abc import Sequence

from nettool.graph.objectives import Loss, Metric
from nettool.vocabulary.metric_directions import Direction, direction_of


def reported_name(metric: Metric, outputs: Sequence[str]) -> str:
    """The name of one metric; the output's name stands before it where there are several outputs."""
    return metric.label if len(outputs) == 1 else f"{metric.output}_{metric.label}"


def metric_directions(
    outputs: Sequence[str], losses: Sequence[Loss], metrics: Sequence[Metric]
) -> dict[str, Direction]:
    """All losses and metrics in the order in which they are shown: whether less or more is better.

    As in Keras, the loss of a single output is just `loss`, however many outputs there are.
    """
    measured = dict.fromkeys(loss.output for loss in losses)
    found: dict[str, Direction] = {"loss": "min"}
    if len(measured) > 1:
        found |= dict.fromkeys((f"{output}_loss" for output in measured), "min")
    return found | {reported_name(metric, outputs): direction_of(metric.name) for metric in metrics}
