"""Stop when the loss is no longer a number."""

from collections.abc import Mapping
from math import isfinite

import keras

from nettool.engine.failures import TrainingFailed
from nettool.record.events.events import Listener, Note


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


class FiniteValidation(keras.callbacks.Callback):  # type: ignore[misc]
    """Tells it once; training can go on, since it does not learn from that part.

    It comes after what refuses to save a state that is not finite.
    """

    def __init__(self, listener: Listener) -> None:
        super().__init__()
        self._listener = listener
        self._is_reported = False

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        loss = (logs or {}).get("val_loss", 0.0)
        if isfinite(loss) or self._is_reported:
            return
        self._is_reported = True
        self._listener(
            Note(
                f"val_loss is {float(loss)} in epoch {epoch + 1}, while the loss of training and all weights "
                "are finite: look for NaN, or numbers unlike all others, in the validation set; such an "
                "epoch is never the best one"
            )
        )
