"""Runs as a table for the terminal."""

from collections.abc import Sequence

from nettool.record.account import Account
from nettool.record.event_text import figure_text, seconds_text
from nettool.views.main_metrics import main_figures_text
from nettool.views.terminal.table import table

_HEADINGS = ("run", "when", "status", "epochs", "best (epoch)", "test", "time")
_RIGHT = frozenset({3, 6})
_FIGURES_SHOWN = 2
_NOTHING = "–"


def runs_table(accounts: Sequence[Account]) -> str:
    """A line for each run; what a run did not come to is a dash."""
    return "\n".join(table([_HEADINGS, *map(_row, accounts)], _RIGHT))


def _row(account: Account) -> tuple[str, ...]:
    return (
        account.label,
        f"{account.started:%Y-%m-%d %H:%M}",
        account.standing_text,
        f"{account.epochs}",
        best_text(account),
        main_figures_text(account.test, _FIGURES_SHOWN) or _NOTHING,
        _NOTHING if account.seconds is None else seconds_text(account.seconds),
    )


def best_text(account: Account) -> str:
    """The figure that made an epoch the best one: `val_loss 0.0263 (19)`."""
    best = account.best
    return _NOTHING if best is None else f"{best.by} {figure_text(best.figures[best.by])} ({best.epoch})"
