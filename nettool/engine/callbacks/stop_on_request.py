"""Leave training when someone asks for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import keras


@dataclass(slots=True)
class StopSignal:
    """Set `requested`, from a signal handler or another thread, and training ends after the running steps.

    `at_once` is there while a run is being carried out: it says in the run's files that it was stopped, for
    who cannot wait for these steps and ends the process.
    """

    requested: bool = False
    at_once: Callable[[], None] | None = None


class Stopped(Exception):
    """Training was left where it stood; Keras would first finish the epoch with a validation."""


class StopOnRequest(keras.callbacks.Callback):  # type: ignore[misc]
    """Raises Stopped after the batches that were running when the stop was requested."""

    def __init__(self, signal: StopSignal) -> None:
        super().__init__()
        self._signal = signal

    def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        """After each execution of training steps."""
        self._check()

    def on_test_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        """After each execution of validation steps."""
        self._check()

    def _check(self) -> None:
        if self._signal.requested:
            raise Stopped
