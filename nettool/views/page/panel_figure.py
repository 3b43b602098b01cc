"""A panel of curves as a figure of a page: one metric over the epochs, for one run or for several.

At every epoch the values can be read off by hovering. All that moves is done by panels.js; without it each
epoch shows its values as the browser shows titles.
"""

import json
from collections.abc import Iterator, Mapping
from html import escape
from math import isfinite

from nettool.views.charts.curve_panel import Line, Panel, on_other_scale
from nettool.views.charts.end_places import places_at_ends
from nettool.views.charts.scale import mark_text

_WIDTH, _HEIGHT = 400, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 14, 20, 36
_WORD = 110
"""The room that the words of two marks need."""
_NUMBER = 12
"""The room that a run's number needs behind its line."""
_EPOCHS_WITH_TITLES = 200
_LABELS: Mapping[str, str] = {"rate": ""}
"""The learning rate stands alone in its panel, whose title names it."""


def scaled_figures(panel: Panel, labels: Mapping[str, str] = _LABELS) -> str:
    """The panel, and beside it the one on the other scale, which a reader can choose instead."""
    other = on_other_scale(panel)
    if other is None:
        return panel_figure(panel, labels)
    return (
        f'<div class="scales">{panel_figure(panel, labels)}'
        f'<template class="other-scale">{panel_figure(other, labels)}</template></div>'
    )


def panel_figure(panel: Panel, labels: Mapping[str, str] = _LABELS) -> str:
    """The panel as a figure; `labels` are what its lines are called, where that is not their kind.

    What is written above the picture are the values at the best epoch, until a reader hovers elsewhere.
    """
    seen = {
        "epochs": [int(epoch) for epoch in panel.epochs],
        "x": [round(_across(epoch, panel), 2) for epoch in panel.epochs],
        "lines": [
            {
                "kind": _class(line),
                "y": [_down(value, panel) for value in line.values],
                "texts": [line.text(row) for row in range(len(line.values))],
            }
            for line in panel.lines
        ],
    }
    shown = _first_shown(panel)
    scale = "logarithmic" if panel.scale.is_logarithmic else "linear"
    return (
        f'<figure class="panel" data-panel="{escape(json.dumps(seen))}" data-shown="{shown}"'
        f' data-scale="{scale}">'
        f"<figcaption><strong>{escape(panel.title)}</strong> {_reading(panel, shown, labels)}</figcaption>"
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" tabindex="0" '
        f'aria-label="{escape(_in_words(panel, labels))}">'
        + "".join(_drawn(panel, labels))
        + "</svg></figure>"
    )


def _class(line: Line) -> str:
    return f"run{line.kind}" if line.is_run else line.kind


def _label(line: Line, labels: Mapping[str, str]) -> str:
    return escape(labels.get(line.kind, line.kind))


def _first_shown(panel: Panel) -> int:
    best = _best_row(panel)
    return len(panel.epochs) - 1 if best is None else best


def _best_row(panel: Panel) -> int | None:
    best = next((mark.epoch for mark in panel.marks if mark.word == "best"), None)
    return next((row for row, epoch in enumerate(panel.epochs) if epoch == best), None)


def _reading(panel: Panel, row: int, labels: Mapping[str, str]) -> str:
    values = "".join(
        f'<span class="{_class(line)}">{_label(line, labels)} <b>{line.text(row)}</b></span>'
        for line in panel.lines
    )
    return f'<span class="reading"><span>epoch <b>{panel.epochs[row]:.0f}</b></span>{values}</span>'


def _in_words(panel: Panel, labels: Mapping[str, str]) -> str:
    words = []
    for line in panel.lines:
        name = labels.get(line.kind) or line.kind
        best = panel.best(line)
        if best is not None:
            words.append(f"{name} {line.text(best)} at best")
        elif line.known:
            words.append(f"{name} {line.text(-1)} at the end")
        else:
            words.append(f"{name} no finite value")
    return f"{panel.name.replace('_', ' ')} over {len(panel.epochs)} epochs: {', '.join(words)}"


def _drawn(panel: Panel, labels: Mapping[str, str]) -> Iterator[str]:
    """The elements of the SVG picture."""
    yield from _axes(panel)
    yield from _marks(panel)
    for line in panel.lines:
        places = [
            (_across(epoch, panel), _down(value, panel))
            for epoch, value in zip(panel.epochs, line.values, strict=True)
        ]
        yield f'<path class="line {_class(line)}" d="{_path(places)}"/>'
        for x, y in (places[row] for row in line.dots):
            yield f'<circle class="dot {_class(line)}" cx="{x:.1f}" cy="{y}" r="2.6"/>'
    yield from _ring(panel)
    yield from _numbers(panel)
    if panel.is_empty:
        yield f'<text x="{_WIDTH / 2}" y="{_HEIGHT / 2}" text-anchor="middle">no finite value</text>'
    if len(panel.epochs) <= _EPOCHS_WITH_TITLES:
        yield from _titles(panel, labels)
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


def _ring(panel: Panel) -> Iterator[str]:
    """Around the value of the best epoch, that of validation where there is one."""
    row = None if panel.lines[-1].kind == "rate" else _best_row(panel)
    y = None if row is None else _down(panel.lines[-1].values[row], panel)
    if row is not None and y is not None:
        x, line = _across(panel.epochs[row], panel), panel.lines[-1]
        yield f'<circle class="ring {_class(line)}" cx="{x:.1f}" cy="{y}" r="6"/>'


def _numbers(panel: Panel) -> Iterator[str]:
    """The number of each run behind the end of its line."""
    ends = {}
    for number, line in enumerate(panel.lines):
        if line.is_run and line.known:
            row = line.known[-1]
            width, height = _WIDTH - _LEFT, _HEIGHT - _TOP - _BOTTOM
            across = (_across(panel.epochs[row], panel) - _LEFT) / width
            ends[number] = (across, (_HEIGHT - _BOTTOM - (_down(line.values[row], panel) or 0)) / height)
    for number, (across, up) in places_at_ends(ends).items():
        line = panel.lines[number]
        x = _LEFT + across * (_WIDTH - _LEFT) + 8
        y = _HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM)
        yield f'<text class="end {_class(line)}" x="{x:.1f}" y="{y:.1f}" dy=".35em">{line.kind}</text>'


def _titles(panel: Panel, labels: Mapping[str, str]) -> Iterator[str]:
    width = (_WIDTH - _LEFT - _RIGHT) / len(panel.epochs)
    for row, epoch in enumerate(panel.epochs):
        values = ", ".join(f"{_label(line, labels)} {line.text(row)}".strip() for line in panel.lines)
        yield (
            f'<rect class="column" x="{_across(epoch, panel) - width / 2:.1f}" y="{_TOP}" width="{width:.1f}"'
            f' height="{_HEIGHT - _TOP - _BOTTOM}"><title>epoch {epoch:.0f}: {values}</title></rect>'
        )


def _across(epoch: float, panel: Panel) -> float:
    """A place within the picture; a single epoch stands in the middle."""
    first, last = panel.epochs[0], panel.epochs[-1]
    share = 0.5 if first == last else (min(max(epoch, first), last) - first) / (last - first)
    room = _RIGHT + (_NUMBER if any(line.is_run for line in panel.lines) else 0)
    return _LEFT + 8 + share * (_WIDTH - _LEFT - room - 16)


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
