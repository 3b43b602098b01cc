"""Runs as a table for a document: what was run, how to repeat it, what came out."""

from collections.abc import Sequence

from nettool.record.events.event_text import seconds_text
from nettool.record.run_summary import RunSummary
from nettool.views.main_metrics import main_metrics_text
from nettool.views.runs.repeat import repeat_command
from nettool.views.terminal.summary import count_text

_HEADINGS = ("spec", "command", "seed", "epochs", "parameters", "test", "time")
_RULE = ("---", "---", "---:", "---:", "---:", "---", "---:")
_NOTHING = "–"


def runs_markdown(run_summaries: Sequence[RunSummary]) -> str:
    """One row per run."""
    rows = [_HEADINGS, _RULE, *map(_row, run_summaries)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _row(run_summary: RunSummary) -> tuple[str, ...]:
    return (
        _NOTHING if run_summary.spec is None else _code(run_summary.spec),
        _code(repeat_command(run_summary)) if run_summary.command else _NOTHING,
        _NOTHING if run_summary.seed is None else f"{run_summary.seed}",
        f"{run_summary.epochs}",
        _NOTHING if run_summary.parameters is None else count_text(run_summary.parameters),
        _escaped(main_metrics_text(run_summary.test)) or _NOTHING,
        _NOTHING if run_summary.seconds is None else seconds_text(run_summary.seconds),
    )


def _code(text: str) -> str:
    return f"`{_escaped(text)}`"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
