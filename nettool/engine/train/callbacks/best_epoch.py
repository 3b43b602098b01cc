"""Know which epoch was the best so far."""

from collections.abc import Mapping
from typing import cast

import keras

from nettool.engine.train.monitor import Monitor
from nettool.record.disk.forms import COUNT, REAL, or_null, record
from nettool.spec.train.monitoring import Monitored


class BestEpoch(keras.callbacks.Callback):  # type: ignore[misc]
    """The best epoch is the first one with the best value; `epoch` (from 1) is None before any."""

    form = staticmethod(record({"epoch": or_null(COUNT), "best": REAL}))

    def __init__(self, monitored: Monitored) -> None:
        super().__init__()
        self.epoch: int | None = None
        self._monitor = Monitor(monitored)

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        if self._monitor.improves(logs or {}):
            self.epoch = epoch + 1

    def state(self) -> Mapping[str, object]:
        """The best epoch and its value."""
        return {"epoch": self.epoch, "best": self._monitor.best}

    def restore(self, state: Mapping[str, object]) -> None:
        """Go on from there."""
        self.epoch = cast("int | None", state["epoch"])
        self._monitor.best = cast(float, state["best"])
