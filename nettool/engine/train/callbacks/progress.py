"""Tell how far the epoch is."""

import time
from collections.abc import Callable, Mapping

import keras

from nettool.engine.compile.metric_names import in_order
from nettool.record.events.events import EpochStarted, Listener, StepsDone

SECONDS_BETWEEN = 0.1


class Progress(keras.callbacks.Callback):  # type: ignore[misc]
    """Emits EpochStarted, and StepsDone at most ten times a second."""

    def __init__(
        self,
        listener: Listener,
        names: tuple[str, ...],
        epochs: int,
        steps: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._listener = listener
        self._names = names
        self._epochs = epochs
        self._steps = steps
        self._clock = clock
        self._epoch = 0
        self._reported = clock()

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        self._epoch = epoch + 1
        self._listener(EpochStarted(self._epoch, self._epochs, self._steps))

    def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        """`batch` is the last one of an execution; it may lie beyond the epoch's end."""
        now = self._clock()
        if now - self._reported < SECONDS_BETWEEN:
            return
        self._reported = now
        step = min(batch + 1, self._steps)
        self._listener(StepsDone(self._epoch, step, self._steps, in_order(self._names, logs or {})))
