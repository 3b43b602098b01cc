"""Stop when the loss is no longer a number."""

from collections.abc import Mapping
from math import isfinite

import keras

from nettool.engine.failures import TrainingFailed


class FiniteLoss(keras.callbacks.Callback):  # type: ignore[misc]
    """Raises TrainingFailed as soon as the average loss of the epoch is NaN or infinite."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self._steps = steps
        self._epoch = 0

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        self._epoch = epoch + 1

    def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        """`batch` is the last one of an execution; it may lie beyond the epoch's end."""
        loss = (logs or {}).get("loss", 0.0)
        if not isfinite(loss):
            step = min(batch + 1, self._steps)
            raise TrainingFailed(
                f"the loss became {float(loss)} in epoch {self._epoch}, by step {step:,} of {self._steps:,}",
                self._epoch,
                step,
            )
