"""Leave training when someone asks for it."""

from collections.abc import Mapping

import keras

from nettool.engine.stop_signal import Stopped, StopSignal


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
