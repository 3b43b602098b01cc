"""Metrics that first make of an output's numbers what they are made for, such as probabilities of logits."""

from collections.abc import Callable, Mapping
from typing import Any

import keras
from keras import ops

from nettool.graph.metric_reading import Reading

Change = Callable[[Any], Any]

_SQUASH = 4.0
"""So steep that what lies between 0 and 1 takes up most of the thresholds that a metric tries."""


def _sigmoid(numbers: Any) -> Any:  # noqa: ANN401 - a tensor
    """Spelt out: Keras would take the logits back from its own sigmoid or softmax, as losses like them."""
    return ops.exp(-ops.softplus(-numbers))


CHANGES: Mapping[Reading, Change] = {
    "sigmoid": _sigmoid,
    "softmax": lambda numbers: ops.exp(ops.log_softmax(numbers)),
    "squashed": lambda numbers: _sigmoid(_SQUASH * (numbers - 0.5)),
}


def read_through(metric: keras.Metric, prediction: Change, target: Change | None = None) -> None:
    """Let the metric see changed predictions (and targets); a mask stays what it is."""
    update = metric.update_state

    def reading(y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:  # noqa: ANN401 - Keras's signature
        mask = getattr(y_pred, "_keras_mask", None)
        seen = prediction(ops.cast(y_pred, "float32"))
        if mask is not None:
            seen._keras_mask = mask
        wanted = y_true if target is None else target(y_true)
        return update(wanted, seen, sample_weight=sample_weight)

    metric.update_state = reading


def above(threshold: float) -> Change:
    """1 for what is greater, else 0."""
    return lambda numbers: ops.cast(ops.greater(numbers, threshold), "float32")
