"""Runs as a table for a document: what was run, how to repeat it, what came out."""

from collections.abc import Sequence

from nettool.record.account import Account
from nettool.record.event_text import seconds_text
from nettool.views.main_metrics import main_figures_text
from nettool.views.runs.repeat import repeat_command
from nettool.views.terminal.summary import count_text

_HEADINGS = ("spec", "command", "seed", "epochs", "parameters", "test", "time")
_RULE = ("---", "---", "---:", "---:", "---:", "---", "---:")
_NOTHING = "–"


def runs_markdown(accounts: Sequence[Account]) -> str:
    """One row per run."""
    rows = [_HEADINGS, _RULE, *map(_row, accounts)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _row(account: Account) -> tuple[str, ...]:
    return (
        _NOTHING if account.spec is None else _code(account.spec),
        _code(repeat_command(account)) if account.command else _NOTHING,
        _NOTHING if account.seed is None else f"{account.seed}",
        f"{account.epochs}",
        _NOTHING if account.parameters is None else count_text(account.parameters),
        _escaped(main_figures_text(account.test)) or _NOTHING,
        _NOTHING if account.seconds is None else seconds_text(account.seconds),
    )


def _code(text: str) -> str:
    return f"`{_escaped(text)}`"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
