"""Which curves stand side by side when runs are compared."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, nan

from nettool.views.charts.curves import curve_names
from nettool.views.comparison.comparison import Rows
from nettool.views.main_metrics import is_loss
from nettool.vocabulary.metric_directions import VALIDATION_PREFIX

_LOSS = "loss"


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure over the epochs: a title, and for each run its values (NaN where there is no finite one)."""

    title: str
    values: tuple[tuple[float, ...], ...]


def panels_of(runs: Sequence[Rows]) -> tuple[Panel, ...]:
    """Training loss, validation loss, and the main metric, as far as the runs have them.

    The main metric is the one that most runs have, of those the first; its validation if there is any.
    """
    metric = main_metric(runs)
    columns = {"training loss": _LOSS, "validation loss": VALIDATION_PREFIX + _LOSS}
    if metric is not None:
        words = metric.replace("_", " ")
        if _is_known(runs, VALIDATION_PREFIX + metric):
            columns[f"validation {words}"] = VALIDATION_PREFIX + metric
        else:
            columns[f"training {words}"] = metric
    return tuple(
        Panel(title, tuple(tuple(_finite(row.get(column, nan)) for row in rows) for rows in runs))
        for title, column in columns.items()
        if _is_known(runs, column)
    )


def main_metric(runs: Sequence[Rows]) -> str | None:
    """The figure beside the loss by which the runs can be compared."""
    counts = Counter(name for rows in runs for name in curve_names(rows) if not is_loss(name))
    return max(counts, key=lambda name: counts[name], default=None)


def _is_known(runs: Sequence[Rows], column: str) -> bool:
    return any(isfinite(row.get(column, nan)) for rows in runs for row in rows)


def _finite(value: float) -> float:
    return value if isfinite(value) else nan
