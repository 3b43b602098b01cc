"""What training came to."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class History:
    """The epochs that were finished.

    A row holds `epoch` (from 1), the metrics in their order, and `learning_rate`; `seconds` has an entry per
    row. The best epoch is the one with the best `monitor`, a metric or a loss; None when no epoch was
    finished. `interrupted` says that someone asked to stop.
    """

    rows: tuple[Mapping[str, float], ...]
    seconds: tuple[float, ...]
    monitor: str
    best_epoch: int | None
    interrupted: bool
