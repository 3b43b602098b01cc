"""Reduce the learning rate on a plateau: when a metric or a loss does not improve any more."""

from collections.abc import Mapping
from typing import cast

import keras
import numpy as np

from nettool.engine.compile.metric_names import plain_number
from nettool.engine.train.monitor import Monitor, as_measured
from nettool.record.disk.forms import COUNT, REAL, TRUTH, record
from nettool.record.events.events import Listener, Note
from nettool.record.run_damaged import CannotResume
from nettool.spec.train.monitoring import ReduceLearningRate


class ReduceOnPlateau(keras.callbacks.Callback):  # type: ignore[misc]
    """Lowers the learning rate at the end of an epoch, as Keras's ReduceLROnPlateau does.

    The new rate is reported when the next epoch begins. The rate itself is a variable of the optimizer.
    """

    form = staticmethod(record({"best": REAL, "waited": COUNT, "cooling": COUNT, "told": TRUTH}))

    def __init__(self, settings: ReduceLearningRate, listener: Listener, *, has_validation: bool) -> None:
        super().__init__()
        self._settings = settings
        self._listener = listener
        self._monitor = Monitor(as_measured(settings, has_validation=has_validation), settings.min_delta)
        self._waited = 0
        self._cooling = 0
        self._reported = True

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        if not self._reported:
            rate = plain_number(self.model.optimizer.learning_rate)
            self._listener(
                Note(f"reduce_learning_rate: the learning rate is {rate:g} from epoch {epoch + 1} on")
            )
        self._reported = True

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        if self._cooling:
            self._cooling -= 1
            self._waited = 0
        if self._monitor.improves(logs or {}):
            self._waited = 0
        elif not self._cooling:
            self._waited += 1
            if self._waited >= self._settings.patience:
                self._lower()

    def _lower(self) -> None:
        optimizer, lowest = self.model.optimizer, self._settings.min_learning_rate
        rate = float(np.array(optimizer.learning_rate))
        if rate > np.float32(lowest):
            optimizer.learning_rate = max(rate * self._settings.factor, lowest)
            self._cooling = self._settings.cooldown
            self._waited = 0
            self._reported = False

    def state(self) -> Mapping[str, object]:
        """The best value, the epochs since then, and those that are still left to cool down."""
        return {
            "best": self._monitor.best,
            "waited": self._waited,
            "cooling": self._cooling,
            "told": self._reported,
        }

    def restore(self, state: Mapping[str, object]) -> None:
        """Go on waiting. Raises CannotResume where it would wait longer than the settings say."""
        self._monitor.best = cast(float, state["best"])
        self._waited = cast(int, state["waited"])
        self._cooling = cast(int, state["cooling"])
        self._reported = cast(bool, state["told"])
        if self._cooling > self._settings.cooldown:
            raise CannotResume(
                f"the saved state is damaged: it waits for {self._cooling} epochs after a reduction, "
                f"and `reduce_learning_rate.cooldown` is {self._settings.cooldown}"
            )
