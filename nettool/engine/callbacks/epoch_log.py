"""Keep and tell the figures of each epoch."""

import time
from collections.abc import Callable, Mapping

import keras

from nettool.engine.figures import in_order, plain_number
from nettool.record.events import EpochEnded, Listener


class EpochLog(keras.callbacks.Callback):  # type: ignore[misc]
    """Emits EpochEnded; `ended` holds what was emitted so far. An epoch that was broken off is not in it."""

    def __init__(
        self,
        listener: Listener,
        names: tuple[str, ...],
        epochs: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.ended: list[EpochEnded] = []
        self._listener = listener
        self._names = names
        self._epochs = epochs
        self._clock = clock
        self._began = clock()

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        self._began = self._clock()

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0; the learning rate is the one at its end (a schedule moves it all along)."""
        ended = EpochEnded(
            epoch + 1,
            self._epochs,
            in_order(self._names, logs or {}),
            plain_number(self.model.optimizer.learning_rate),
            self._clock() - self._began,
        )
        self.ended.append(ended)
        self._listener(ended)
