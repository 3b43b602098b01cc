"""Keep the metrics of each epoch."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

import keras

from nettool.engine.compile.metric_names import in_order, plain_number
from nettool.engine.train.callbacks.best_epoch import BestEpoch
from nettool.record.disk.forms import SECONDS, record
from nettool.record.events.events import EpochEnded, Listener


class EpochLog(keras.callbacks.Callback):  # type: ignore[misc]
    """`ended` holds the epochs so far, those before a resumption included; not one that was broken off."""

    form = staticmethod(record({"seconds": SECONDS}))

    def __init__(
        self,
        names: tuple[str, ...],
        epochs: int,
        before: tuple[EpochEnded, ...] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.ended = list(before)
        self._names = names
        self._epochs = epochs
        self._clock = clock
        self._began = clock()
        self._seconds_before = 0.0

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        self._began = self._clock() - self._seconds_before
        self._seconds_before = 0.0

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0; the learning rate is the one at its end (a schedule moves it all along)."""
        now = self._clock()
        self.ended.append(
            EpochEnded(
                epoch + 1,
                self._epochs,
                in_order(self._names, logs or {}),
                plain_number(self.model.optimizer.learning_rate),
                now - self._began,
            )
        )
        self._began = now

    def state(self) -> Mapping[str, object]:
        """How long the epoch has been going on: the finished ones are the training's history."""
        return {"seconds": self._clock() - self._began}

    def restore(self, state: Mapping[str, object]) -> None:
        """Count the time before as the epoch's, too."""
        self._seconds_before = cast(float, state["seconds"])


class EpochReported(keras.callbacks.Callback):  # type: ignore[misc]
    """Emits EpochEnded; it comes after the state was saved, so that what was reported is never lost."""

    def __init__(self, listener: Listener, log: EpochLog, best: BestEpoch) -> None:
        super().__init__()
        self._listener = listener
        self._log = log
        self._best = best

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        ended = self._log.ended[-1]
        self._listener(replace(ended, is_best=self._best.epoch == ended.epoch))
