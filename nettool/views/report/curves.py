"""The curves of a run: every metric over the epochs, and the learning rate.

At every epoch the values can be read off by hovering. All that moves is done by report.js; without it each
epoch shows its values as the browser shows titles.
"""

import json
from collections.abc import Iterator
from html import escape
from math import isfinite, nan

from nettool.record.directions import directions
from nettool.record.events.event_text import number_text
from nettool.record.run_report import RunReport
from nettool.views.charts.curve_panel import Mark, Panel, Rows, learning_rate_panel, run_panels
from nettool.views.charts.scale import mark_text
from nettool.views.report.markup import folded, remark, section, table

_WIDTH, _HEIGHT = 400, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 14, 20, 36
_WORD = 110
"""The room that the words of two marks need."""
_EPOCHS_WITH_TITLES = 200


def curves(report: RunReport) -> str:
    """A panel for each metric and for the learning rate, then all the values as a table."""
    rows = report.rows
    if not rows:
        return section("curves", "Curves", remark("No epoch is over: there is nothing to draw."))
    marks = _marks_of(report)
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


def panel_figure(panel: Panel) -> str:
    """The panel as a figure of a page.

    What is written above the picture are the values at the best epoch, until a reader hovers elsewhere.
    """
    seen = {
        "epochs": [int(epoch) for epoch in panel.epochs],
        "x": [round(_across(epoch, panel), 2) for epoch in panel.epochs],
        "lines": [
            {
                "kind": line.kind,
                "y": [_down(value, panel) for value in line.values],
                "texts": [line.text(row) for row in range(len(line.values))],
            }
            for line in panel.lines
        ],
    }
    shown = _first_shown(panel)
    return (
        f'<figure class="panel" data-panel="{escape(json.dumps(seen))}" data-shown="{shown}">'
        f"<figcaption><strong>{escape(panel.title)}</strong> {_reading(panel, shown)}</figcaption>"
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" tabindex="0" '
        f'aria-label="{escape(_in_words(panel))}">' + "".join(_drawn(panel)) + "</svg></figure>"
    )


def _first_shown(panel: Panel) -> int:
    best = next((mark.epoch for mark in panel.marks if mark.word == "best"), panel.epochs[-1])
    return next((row for row, epoch in enumerate(panel.epochs) if epoch == best), len(panel.epochs) - 1)


def _reading(panel: Panel, row: int) -> str:
    values = "".join(
        f'<span class="{line.kind}">{line.kind if line.kind != "rate" else ""} <b>{line.text(row)}</b></span>'
        for line in panel.lines
    )
    return f'<span class="reading"><span>epoch <b>{panel.epochs[row]:.0f}</b></span>{values}</span>'


def _in_words(panel: Panel) -> str:
    words = []
    for line in panel.lines:
        best = panel.best(line)
        if best is not None:
            words.append(f"{line.kind} {line.text(best)} at best")
        elif line.known:
            words.append(f"{line.kind} {line.text(-1)} at the end")
        else:
            words.append(f"{line.kind} no finite value")
    return f"{panel.name.replace('_', ' ')} over {len(panel.epochs)} epochs: {', '.join(words)}"


def _drawn(panel: Panel) -> Iterator[str]:
    """The elements of the SVG picture."""
    yield from _axes(panel)
    yield from _marks(panel)
    for line in panel.lines:
        places = [
            (_across(epoch, panel), _down(value, panel))
            for epoch, value in zip(panel.epochs, line.values, strict=True)
        ]
        yield f'<path class="line {line.kind}" d="{_path(places)}"/>'
        for x, y in (places[row] for row in line.dots):
            yield f'<circle class="dot {line.kind}" cx="{x:.1f}" cy="{y}" r="2.6"/>'
    if panel.is_empty:
        yield f'<text x="{_WIDTH / 2}" y="{_HEIGHT / 2}" text-anchor="middle">no finite value</text>'
    if len(panel.epochs) <= _EPOCHS_WITH_TITLES:
        yield from _titles(panel)
    yield f'<g class="cursor" style="display:none"><line y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}"/></g>'


def _axes(panel: Panel) -> Iterator[str]:
    for value in panel.scale.marks(5):
        y = _down(value, panel)
        yield (
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>'
            f'<text x="{_LEFT - 6}" y="{y}" dy=".35em" text-anchor="end">{mark_text(value)}</text>'
        )
    bottom = _HEIGHT - _BOTTOM
    for epoch in panel.epoch_marks:
        x = _across(epoch, panel)
        yield f'<text x="{x:.1f}" y="{bottom + 15}" text-anchor="middle">{epoch:.0f}</text>'
    yield f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 5}" text-anchor="middle">epoch</text>'


def _marks(panel: Panel) -> Iterator[str]:
    """Upright lines; a word that would stand over another one is left out."""
    written: list[float] = []
    for mark in panel.marks:
        x = _across(mark.epoch, panel)
        yield (
            f'<line class="mark {mark.word}" x1="{x:.1f}" x2="{x:.1f}"'
            f' y1="{_TOP - 6}" y2="{_HEIGHT - _BOTTOM}"/>'
        )
        if all(abs(x - other) > _WORD for other in written):
            written.append(x)
            anchor, beside = ("end", x - 4) if x > _WIDTH / 2 else ("start", x + 4)
            place = f'x="{beside:.1f}" y="{_TOP - 8}" text-anchor="{anchor}"'
            yield f'<text class="mark" {place}>{mark.word}</text>'


def _titles(panel: Panel) -> Iterator[str]:
    width = (_WIDTH - _LEFT - _RIGHT) / len(panel.epochs)
    for row, epoch in enumerate(panel.epochs):
        values = ", ".join(f"{line.kind} {line.text(row)}" for line in panel.lines)
        yield (
            f'<rect class="column" x="{_across(epoch, panel) - width / 2:.1f}" y="{_TOP}" width="{width:.1f}"'
            f' height="{_HEIGHT - _TOP - _BOTTOM}"><title>epoch {epoch:.0f}: {values}</title></rect>'
        )


def _across(epoch: float, panel: Panel) -> float:
    """A place within the picture; a single epoch stands in the middle."""
    first, last = panel.epochs[0], panel.epochs[-1]
    share = 0.5 if first == last else (min(max(epoch, first), last) - first) / (last - first)
    return _LEFT + 8 + share * (_WIDTH - _LEFT - _RIGHT - 16)


def _down(value: float, panel: Panel) -> float | None:
    """A place within the picture; None for what is not finite."""
    if not isfinite(value):
        return None
    return round(_HEIGHT - _BOTTOM - panel.scale.place(value) * (_HEIGHT - _TOP - _BOTTOM), 2)


def _path(places: list[tuple[float, float | None]]) -> str:
    """The line, with gaps where there is no finite value."""
    words, is_drawing = [], False
    for x, y in places:
        if y is not None:
            words.append(f"{'L' if is_drawing else 'M'}{x:.1f} {y}")
        is_drawing = y is not None
    return " ".join(words)
