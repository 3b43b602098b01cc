"""End training when a metric or a loss does not improve any more."""

from collections.abc import Mapping
from typing import cast

import keras

from nettool.engine.train.monitor import Monitor, as_measured
from nettool.record.disk.forms import COUNT, REAL, record
from nettool.spec.train.monitoring import EarlyStopping


class EarlyStop(keras.callbacks.Callback):  # type: ignore[misc]
    """Stops after the epoch in which patience ends, as Keras's EarlyStopping does.

    `why` is then a sentence about it; None before.
    """

    form = staticmethod(record({"best": REAL, "waited": COUNT}))

    def __init__(self, settings: EarlyStopping, *, has_validation: bool) -> None:
        super().__init__()
        self.why: str | None = None
        self._patience = settings.patience
        self._monitor = Monitor(as_measured(settings, has_validation=has_validation), settings.min_delta)
        self._waited = 0

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        self._waited += 1
        if self._monitor.improves(logs or {}):
            self._waited = 0
        elif self._waited >= self._patience and epoch > 0:
            epochs = "epoch" if self._waited == 1 else "epochs"
            self.why = (
                f"early_stopping: training ends after epoch {epoch + 1}, "
                f"{self._monitor.monitored.monitor} has not become better for {self._waited} {epochs}"
            )
            self.model.stop_training = True

    def state(self) -> Mapping[str, object]:
        """The best value, and the epochs since then."""
        return {"best": self._monitor.best, "waited": self._waited}

    def restore(self, state: Mapping[str, object]) -> None:
        """Go on waiting."""
        self._monitor.best = cast(float, state["best"])
        self._waited = cast(int, state["waited"])
