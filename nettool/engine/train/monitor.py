"""A metric or loss that is monitored: has it become better?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf

from nettool.spec.train.monitoring import Monitored
from nettool.spec.train.training import Training
from nettool.vocabulary.metric_directions import VALIDATION_PREFIX


@dataclass(slots=True)
class Monitor:
    """Remembers the best value so far; `best` is infinitely bad before any."""

    monitored: Monitored
    min_delta: float = 0.0
    best: float = inf

    def __post_init__(self) -> None:
        if self.monitored.mode == "max":
            self.best = -inf

    def improves(self, measured: Mapping[str, float]) -> bool:
        """Whether the value is better than ever by more than `min_delta`; if so, it is remembered.

        NaN is never better. Raises KeyError for a metric that is not there.
        """
        value = float(measured[self.monitored.monitor])
        if self.monitored.mode == "max":
            is_better = value - self.min_delta > self.best
        else:
            is_better = value + self.min_delta < self.best
        if is_better:
            self.best = value
        return is_better


def as_measured(monitored: Monitored, *, has_validation: bool) -> Monitored:
    """The same metric of the training set, where there is no validation set."""
    if has_validation or not monitored.monitor.startswith(VALIDATION_PREFIX):
        return monitored
    return replace(monitored, monitor=monitored.monitor.removeprefix(VALIDATION_PREFIX))


def best_monitored(settings: Training, *, has_validation: bool) -> Monitored:
    """The metric or loss that says which epoch is the best one."""
    return as_measured(
        settings.best or Monitored(VALIDATION_PREFIX + "loss", "min"), has_validation=has_validation
    )
