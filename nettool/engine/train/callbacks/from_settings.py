"""The callbacks that settings ask for: what ends a training early, what lowers its learning rate."""

from collections.abc import Iterator
from dataclasses import dataclass

import keras

from nettool.engine.train.callbacks.early_stop import EarlyStop
from nettool.engine.train.callbacks.overfit_check import OverfitCheck
from nettool.engine.train.callbacks.reduce_on_plateau import ReduceOnPlateau
from nettool.engine.train.callbacks.time_limit import TimeLimit
from nettool.kinds.time_span import time_text
from nettool.record.events.events import Listener
from nettool.spec.train.training import Training


@dataclass(frozen=True, slots=True)
class SettingsCallbacks:
    """Those that remember come before the state is saved, those that limit after it."""

    settings: Training
    early_stop: EarlyStop | None
    reduce_on_plateau: ReduceOnPlateau | None
    overfit_check: OverfitCheck | None
    time_limit: TimeLimit | None

    @classmethod
    def of(
        cls, settings: Training, steps: int, listener: Listener, *, has_validation: bool
    ) -> "SettingsCallbacks":
        """The callbacks for these settings; `steps` make an epoch."""
        stopping, reducing, seconds = (
            settings.early_stopping,
            settings.reduce_learning_rate,
            settings.max_time,
        )
        return cls(
            settings,
            None if stopping is None else EarlyStop(stopping, has_validation=has_validation),
            None if reducing is None else ReduceOnPlateau(reducing, listener, has_validation=has_validation),
            None if settings.overfit is None else OverfitCheck(settings.overfit),
            None if seconds is None else TimeLimit(seconds, steps),
        )

    @property
    def remembering(self) -> list[keras.callbacks.Callback]:
        """Those with a memory."""
        return [
            each for each in (self.early_stop, self.reduce_on_plateau, self.overfit_check) if each is not None
        ]

    @property
    def limits(self) -> list[keras.callbacks.Callback]:
        """Those that end a training which may go on later."""
        return [] if self.time_limit is None else [self.time_limit]

    def why(self) -> Iterator[str]:
        """Why training ended before its last epoch, if it did."""
        if self.early_stop is not None and self.early_stop.why is not None:
            yield self.early_stop.why
        if self.overfit_check is not None and self.overfit_check.verdict is not None:
            yield self.overfit_check.verdict
        if self.time_limit is not None and self.time_limit.is_over:
            yield f"max_time: {time_text(self.settings.max_time or 0.0)} are over, training ends here"
