"""End training when its time is over."""

import time
from collections.abc import Callable, Mapping

import keras


class TimeOver(Exception):
    """The time is over within an epoch, after the step that was running."""


class TimeLimit(keras.callbacks.Callback):  # type: ignore[misc]
    """Counts from the beginning of this training on, also where it goes on from a state.

    Raises TimeOver within an epoch; an epoch whose last step is done is finished first. `is_over` tells both.
    It comes after what saves the state: training may go on from there.
    """

    def __init__(self, seconds: float, steps: int, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.is_over = False
        self._seconds = seconds
        self._steps = steps
        self._clock = clock
        self._began = clock()

    def on_train_begin(self, logs: Mapping[str, float] | None = None) -> None:
        """At the beginning."""
        self._began = self._clock()

    def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        """`batch` is the last one of an execution; it may lie beyond the epoch's end."""
        self.is_over = self._clock() - self._began >= self._seconds
        if self.is_over and batch + 1 < self._steps:
            raise TimeOver

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        self.is_over = self.is_over or self._clock() - self._began >= self._seconds
        if self.is_over:
            self.model.stop_training = True
