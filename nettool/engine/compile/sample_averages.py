"""Losses that are recorded as averages over samples, however many samples each batch has."""

from contextvars import ContextVar
from typing import Any

import keras
from keras import ops, tree

MEANS = frozenset({None, "mean", "sum_over_batch_size"})
"""The reductions of a loss that are means over the samples, by which parts of a batch can be put together."""

_SAMPLES: ContextVar[Any] = ContextVar("samples of the batch")


class RecordedAsMean(keras.losses.Loss):  # type: ignore[misc]
    """A loss that another reduction makes of a batch: its gradients are its own, its value is the mean.

    So losses of batches of other sizes, as those of the validation set, can be compared with it.
    """

    def __init__(self, loss: keras.losses.Loss, mean: keras.losses.Loss) -> None:
        super().__init__(name=loss.name)
        self._loss, self._mean = loss, mean

    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:  # noqa: ANN401 - tensors
        """The mean over the samples, a scalar."""
        learned = self._loss(y_true, y_pred, sample_weight)
        mean = ops.stop_gradient(self._mean(y_true, y_pred, sample_weight))
        return mean + (learned - ops.stop_gradient(learned))


def weigh_batches(model: keras.Model) -> None:
    """Let each batch weigh by its samples in the losses of single outputs that a compiled model records.

    Keras counts each batch alike where it does not know its size beforehand, which is so when the last one is
    smaller, and, on several devices, each device's part of it.
    """
    losses = model._compile_loss
    if losses is None:
        return
    call, build = losses.call, losses.build

    def counting(y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:  # noqa: ANN401 - Keras's signature
        token = _SAMPLES.set(_samples(y_pred))
        try:
            return call(y_true, y_pred, sample_weight)
        finally:
            _SAMPLES.reset(token)

    def build_weighing(y_true: Any, y_pred: Any) -> None:  # noqa: ANN401 - Keras's signature
        build(y_true, y_pred)
        for mean in losses.metrics:
            _weigh(mean)

    losses.call, losses.build = counting, build_weighing


def _weigh(mean: keras.metrics.Mean) -> None:
    update = mean.update_state

    def by_samples(values: Any, sample_weight: Any = None) -> Any:  # noqa: ANN401 - Keras's signature
        return update(values, sample_weight=_SAMPLES.get())

    mean.update_state = by_samples


def _samples(answers: Any) -> Any:  # noqa: ANN401 - tensors; a number, or a tensor where it is not known yet
    return ops.shape(tree.flatten(answers)[0])[0]
