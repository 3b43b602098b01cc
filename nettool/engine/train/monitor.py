"""Watching a figure: has it become better?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf

from nettool.engine.compile.metric_names import VALIDATION
from nettool.spec.monitoring import Monitored
from nettool.spec.training import Training


@dataclass(slots=True)
class Watch:
    """Remembers the best value so far; `best` is infinitely bad before any."""

    watched: Monitored
    min_delta: float = 0.0
    best: float = inf

    def __post_init__(self) -> None:
        if self.watched.mode == "max":
            self.best = -inf

    def improves(self, figures: Mapping[str, float]) -> bool:
        """Whether the figure is better than ever by more than `min_delta`; if so, it is remembered.

        NaN is never better. Raises KeyError for a figure that is not there.
        """
        value = float(figures[self.watched.monitor])
        if self.watched.mode == "max":
            is_better = value - self.min_delta > self.best
        else:
            is_better = value + self.min_delta < self.best
        if is_better:
            self.best = value
        return is_better


def watchable(watched: Monitored, *, is_held_out: bool) -> Monitored:
    """The same figure of the training part, where no sample is held out."""
    if is_held_out or not watched.monitor.startswith(VALIDATION):
        return watched
    return replace(watched, monitor=watched.monitor.removeprefix(VALIDATION))


def best_watched(settings: Training, *, is_held_out: bool) -> Monitored:
    """The figure that says which epoch is the best one."""
    return watchable(settings.best or Monitored(VALIDATION + "loss", "min"), is_held_out=is_held_out)
