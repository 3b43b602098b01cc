"""The curves of a run: every metric over the epochs, and the learning rate."""

from collections.abc import Sequence
from html import escape
from math import nan

from nettool.record.directions import directions
from nettool.record.events.event_text import number_text
from nettool.record.run_report import RunReport
from nettool.views.charts.curve_panel import Mark, Panel, Rows, learning_rate_panel, run_panels
from nettool.views.page.markup import folded, remark, section, table
from nettool.views.page.panel_figure import scaled_figures


def curves(report: RunReport) -> str:
    """A panel for each metric and for the learning rate, then all the values as a table."""
    rows = report.rows
    if not rows:
        return section("curves", "Curves", remark("No epoch is over: there is nothing to draw."))
    marks = _marks_of(report)
    panels = [*run_panels(rows, directions(report.run_summary), marks), learning_rate_panel(rows, marks)]
    drawn = tuple(panel for panel in panels if panel is not None)
    return section(
        "curves",
        "Curves",
        _legend(report, drawn),
        f'<div class="panels">{"".join(map(scaled_figures, drawn))}</div>',
        _values(rows),
    )


def _legend(report: RunReport, panels: Sequence[Panel]) -> str:
    """What the lines and marks of all panels are."""
    kinds = {line.kind for panel in panels for line in panel.lines}
    best = report.run_summary.best
    items = {
        "training": "training" if "training" in kinds else "",
        "validation": "validation" if "validation" in kinds else "",
        "best": f"best epoch: {best.epoch}, by {best.by}" if best else "",
        "resumed": "resumed" if _resumptions(report) else "",
    }
    shown = "".join(f'<li class="{kind}">{escape(words)}</li>' for kind, words in items.items() if words)
    return f'<ul class="legend" aria-label="Legend">{shown}</ul>'


def _marks_of(report: RunReport) -> tuple[Mark, ...]:
    best = report.run_summary.best
    return (*((Mark(best.epoch, "best"),) if best else ()), *_resumptions(report))


def _resumptions(report: RunReport) -> tuple[Mark, ...]:
    resumptions = report.origin.resumptions if report.origin else ()
    return tuple(Mark(each.epochs + 0.5, "resumed") for each in resumptions)


def _values(rows: Rows) -> str:
    names = [name for name in rows[0] if name != "epoch"]
    cells = [(f"{row['epoch']:.0f}", *(number_text(row.get(name, nan)) for name in names)) for row in rows]
    heads = ["epoch", *(name.replace("_", " ") for name in names)]
    return folded("The values of every epoch", table(heads, cells, range(1, len(heads))))
