"""Tell what an epoch came to."""

from collections.abc import Mapping

import keras

from nettool.engine.callbacks.epoch_log import EpochLog
from nettool.record.events import Listener


class EpochTold(keras.callbacks.Callback):  # type: ignore[misc]
    """Emits EpochEnded; it comes after the state was saved, so that what was told is never lost."""

    def __init__(self, listener: Listener, log: EpochLog) -> None:
        super().__init__()
        self._listener = listener
        self._log = log

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        self._listener(self._log.ended[-1])
