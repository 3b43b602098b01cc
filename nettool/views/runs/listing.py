"""Runs as a table for the terminal."""

from collections.abc import Sequence

from nettool.record.events.event_text import number_text, seconds_text
from nettool.record.run_summary import RunSummary
from nettool.views.main_metrics import main_metrics_text
from nettool.views.terminal.table import table

_HEADINGS = ("run", "when", "status", "epochs", "best (epoch)", "test", "time")
_RIGHT = frozenset({3, 6})
_METRICS_SHOWN = 2
_NOTHING = "–"


def runs_table(run_summaries: Sequence[RunSummary]) -> str:
    """A line for each run; what a run did not come to is a dash."""
    return "\n".join(table([_HEADINGS, *map(_row, run_summaries)], _RIGHT))


def _row(run_summary: RunSummary) -> tuple[str, ...]:
    return (
        run_summary.label,
        f"{run_summary.started:%Y-%m-%d %H:%M}",
        run_summary.status_text,
        f"{run_summary.epochs}",
        best_text(run_summary),
        main_metrics_text(run_summary.test, _METRICS_SHOWN) or _NOTHING,
        _NOTHING if run_summary.seconds is None else seconds_text(run_summary.seconds),
    )


def best_text(run_summary: RunSummary) -> str:
    """The figure that made an epoch the best one: `val_loss 0.0263 (19)`."""
    best = run_summary.best
    return _NOTHING if best is None else f"{best.by} {number_text(best.metrics[best.by])} ({best.epoch})"
