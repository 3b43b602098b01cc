"""Runs as a table for the terminal, as Markdown for a document, and as plain data."""

from collections.abc import Sequence

from nettool.record.disk.json_form import plain
from nettool.record.events.event_text import number_text, seconds_text
from nettool.record.files.run_request import options_of
from nettool.record.run_summary import RunSummary
from nettool.views.main_metrics import main_metrics_text
from nettool.views.runs.repeat import repeat_command
from nettool.views.terminal.summary import count_text
from nettool.views.terminal.table import table

_HEADINGS = ("run", "when", "status", "epochs", "best (epoch)", "test", "time", "parameters", "data")
_RIGHT = frozenset({3, 6, 7})
_EXPENDABLE = tuple(map(_HEADINGS.index, ("when", "data", "parameters", "time", "best (epoch)")))
"""What a narrow terminal leaves out, first to last; the name of a run says when it began, too."""
_METRICS_SHOWN = 2
_NOTHING = "–"
_MARKDOWN_HEADINGS = ("spec", "command", "seed", "epochs", "parameters", "test", "time")
_MARKDOWN_RULE = ("---", "---", "---:", "---:", "---:", "---", "---:")


def runs_table(run_summaries: Sequence[RunSummary], width: int | None = None) -> str:
    """A line for each run, within the width if there is one; what a run did not come to is a dash."""
    rows = [_HEADINGS, *map(_row, run_summaries)]
    return "\n".join(table(rows, _RIGHT, width=width, expendable=_EXPENDABLE))


def _row(run_summary: RunSummary) -> tuple[str, ...]:
    return (
        run_summary.label,
        f"{run_summary.started:%Y-%m-%d %H:%M}",
        run_summary.status_text,
        f"{run_summary.epochs}",
        best_text(run_summary),
        main_metrics_text(run_summary.test, _METRICS_SHOWN) or _NOTHING,
        _NOTHING if run_summary.seconds is None else seconds_text(run_summary.seconds),
        _NOTHING if run_summary.parameters is None else count_text(run_summary.parameters),
        run_summary.data or _NOTHING,
    )


def best_text(run_summary: RunSummary) -> str:
    """The metric that made an epoch the best one: `val_loss 0.0263 (19)`."""
    best = run_summary.best
    return _NOTHING if best is None else f"{best.by} {number_text(best.metrics[best.by])} ({best.epoch})"


def run_facts(run_summary: RunSummary) -> dict[str, object]:
    """All that is known of a run. Metrics that are not finite are None, and so is what it did not come to."""
    best = run_summary.best
    facts = {
        "run": run_summary.label,
        "directory": str(run_summary.run.path),
        "name": run_summary.name,
        "started": run_summary.started.isoformat(timespec="seconds"),
        "status": run_summary.status,
        "why": run_summary.why,
        "trial": run_summary.trial,
        "spec": run_summary.spec,
        "command": ["nettool", *run_summary.command] if run_summary.command else None,
        **({} if run_summary.request is None else options_of(run_summary.request)),
        "seed": run_summary.seed,
        "parameters": run_summary.parameters,
        "data": run_summary.data,
        "epochs": run_summary.epochs,
        "best": None if best is None else {"epoch": best.epoch, "by": best.by, "figures": best.metrics},
        "final": run_summary.final,
        "test": run_summary.test,
        "seconds": None if run_summary.seconds is None else round(run_summary.seconds, 3),
        "timings": run_summary.timings,
        "unmet": run_summary.unmet,
    }
    return {key: plain(value) for key, value in facts.items()}


def runs_markdown(run_summaries: Sequence[RunSummary]) -> str:
    """One row per run."""
    rows = [_MARKDOWN_HEADINGS, _MARKDOWN_RULE, *map(_markdown_row, run_summaries)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _markdown_row(run_summary: RunSummary) -> tuple[str, ...]:
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
