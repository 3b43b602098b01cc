"""The curves of a run: every metric over the epochs, and the learning rate."""

from math import nan

from nettool.record.directions import directions
from nettool.record.events.event_text import number_text
from nettool.record.run_report import RunReport
from nettool.views.charts.curve_panel import Mark, Rows, learning_rate_panel, run_panels
from nettool.views.report.curve_svg import panel_figure
from nettool.views.report.markup import folded, remark, section, table


def curves(report: RunReport) -> str:
    """A panel for each metric and for the learning rate, then all the values as a table."""
    rows = report.rows
    if not rows:
        return section("curves", "Curves", remark("No epoch is over: there is nothing to draw."))
    marks = _marks(report)
    panels = [*run_panels(rows, directions(report.run_summary), marks), learning_rate_panel(rows, marks)]
    figures = "\n".join(panel_figure(panel) for panel in panels if panel is not None)
    marked = "; a dotted line where the run was resumed" if _resumptions(report) else ""
    best = report.run_summary.best
    words = "" if best is None else f"The dashed line is the best epoch, {best.epoch}, by {best.by}{marked}."
    return section(
        "curves",
        "Curves",
        remark(words) if words else "",
        f'<div class="panels">{figures}</div>',
        _values(rows),
    )


def _marks(report: RunReport) -> tuple[Mark, ...]:
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
