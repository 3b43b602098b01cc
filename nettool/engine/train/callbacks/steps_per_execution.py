"""Measure how long the first steps really take, and ask for another number of them at once if it pays."""

import time
from collections.abc import Callable, Mapping

import keras

from nettool.engine.compile.steps_per_execution import better_steps_per_execution


class OtherStepsPerExecution(Exception):
    """Training goes on from step `step` of epoch `epoch` (both from 0) with so many steps at once."""

    def __init__(self, epoch: int, step: int, steps_at_once: int) -> None:
        super().__init__(epoch, step, steps_at_once)
        self.epoch = epoch
        self.step = step
        self.steps_at_once = steps_at_once


class StepsPerExecution(keras.callbacks.Callback):  # type: ignore[misc]
    """Raises OtherStepsPerExecution after the second execution, at most once; the first one is traced.

    It comes last: what is raised within an epoch hides the steps from later callbacks. An epoch of `steps`
    whose last step is done is finished first.
    """

    def __init__(self, steps: int, epochs: int, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._steps = steps
        self._total = steps * epochs
        self._clock = clock
        self._epoch = 0
        self._first = 0
        self._began = 0.0
        self._executions = 0
        self._is_settled = False

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        self._epoch = epoch

    def on_train_batch_begin(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        """`batch` is the first one of an execution."""
        self._first = batch
        self._began = self._clock()

    def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        """`batch` is the last one of an execution; it may lie beyond the epoch's end."""
        if self._is_settled:
            return
        seconds = self._clock() - self._began
        self._executions += 1
        done = batch + 1
        if self._executions == 1 or done >= self._steps:
            return
        self._is_settled = True
        left = self._total - self._epoch * self._steps - done
        present = self.model.steps_per_execution
        wanted = better_steps_per_execution(
            present, seconds / (done - self._first), min(left, self._steps), left
        )
        if wanted is not None:
            raise OtherStepsPerExecution(self._epoch, done, wanted)
