"""The curves of a run: every figure over the epochs, and the learning rate."""

from collections.abc import Mapping, Sequence
from math import isfinite, nan

from nettool.record.directions import directions
from nettool.record.events.event_text import figure_text
from nettool.record.run_report import RunReport
from nettool.views.charts.curves import curve_names
from nettool.views.report.markup import folded, remark, section, table
from nettool.views.report.panel import panel
from nettool.views.report.plot_area import Line, Mark
from nettool.vocabulary.metric_directions import VALIDATION_PREFIX

_RATE = "learning_rate"
Rows = Sequence[Mapping[str, float]]


def curves(report: RunReport) -> str:
    """A panel for each figure and for the learning rate, then all the values as a table."""
    rows = report.rows
    if not rows:
        return section("curves", "Curves", remark("No epoch is over: there is nothing to draw."))
    better = directions(report.run_summary)
    panels = "\n".join(
        panel(name, lines, [row["epoch"] for row in rows], _marks(report), better.get(name))
        for name, lines in _lines(rows).items()
    )
    marked = "; a dotted line where the run was resumed" if _resumptions(report) else ""
    best = report.run_summary.best
    words = "" if best is None else f"The dashed line is the best epoch, {best.epoch}, by {best.by}{marked}."
    return section(
        "curves",
        "Curves",
        remark(words) if words else "",
        f'<div class="panels">{panels}</div>',
        _values(rows),
    )


def _lines(rows: Rows) -> Mapping[str, tuple[Line, ...]]:
    found: dict[str, tuple[Line, ...]] = {}
    for name in curve_names(rows):
        lines = (
            Line("training", tuple(row.get(name, nan) for row in rows)),
            Line("validation", tuple(row.get(VALIDATION_PREFIX + name, nan) for row in rows)),
        )
        found[name] = tuple(line for line in lines if any(map(isfinite, line.values))) or lines[:1]
    if any(_RATE in row for row in rows):
        found[_RATE] = (Line("rate", tuple(row.get(_RATE, nan) for row in rows)),)
    return found


def _marks(report: RunReport) -> tuple[Mark, ...]:
    best = report.run_summary.best
    return (*((Mark(best.epoch, "best"),) if best else ()), *_resumptions(report))


def _resumptions(report: RunReport) -> tuple[Mark, ...]:
    taken_up = report.origin.resumptions if report.origin else ()
    return tuple(Mark(each.epochs + 0.5, "resumed") for each in taken_up)


def _values(rows: Rows) -> str:
    names = [name for name in rows[0] if name != "epoch"]
    told = [(f"{row['epoch']:.0f}", *(figure_text(row.get(name, nan)) for name in names)) for row in rows]
    heads = ["epoch", *(name.replace("_", " ") for name in names)]
    return folded("The values of every epoch", table(heads, told, range(1, len(heads))))
