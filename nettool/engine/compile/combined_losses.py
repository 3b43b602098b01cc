"""Losses that Keras has no form for: several at one output, and one between two nodes."""

from collections.abc import Sequence
from typing import Any

import keras


class SumOfLosses(keras.losses.Loss):  # type: ignore[misc]
    """Several losses of one output, weighted and added."""

    def __init__(self, losses: Sequence[keras.losses.Loss], weights: Sequence[float]) -> None:
        super().__init__(name="sum_of_losses")
        self._parts = tuple(zip(losses, weights, strict=True))

    # Keras's own __call__ would divide what the parts give by the number of devices once more.
    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:  # noqa: ANN401 - tensors
        """The weighted sum of the means, a scalar; with what each sample counts."""
        return sum(weight * loss(y_true, y_pred, sample_weight) for loss, weight in self._parts)


class LossBetween(keras.losses.Loss):  # type: ignore[misc]
    """A loss of one half of a tensor against the other: `y_pred` holds both along the last axis."""

    def __init__(self, loss: keras.losses.Loss) -> None:
        super().__init__(name="between")
        self._loss = loss

    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:  # noqa: ANN401 - tensors
        """The mean of the inner loss, a scalar; there is no target, so `y_true` is not looked at.

        Nor is `sample_weight`: what has no target has no classes, whatever other outputs count by.
        """
        left, right = keras.ops.split(y_pred, 2, axis=-1)
        return self._loss(left, right)
