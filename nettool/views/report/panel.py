"""One panel of curves, to be looked into: at every epoch the values can be read off by hovering.

All that moves is done by report.js; without it each epoch shows its values as the browser shows titles.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import isfinite

from nettool.record.event_text import figure_text
from nettool.views.curves import best_row
from nettool.views.main_figures import is_loss
from nettool.views.report.scale import Scale, mark_text, scale_of

_WIDTH, _HEIGHT = 400, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 14, 20, 36
_EPOCHS_WITH_DOTS = 15
_EPOCHS_WITH_TITLES = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel; `kind` is also the name of its colour."""

    kind: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at an epoch, or (at n and a half) between two."""

    epoch: float
    word: str


def panel(name: str, lines: tuple[Line, ...], epochs: Sequence[float], marks: Sequence[Mark]) -> str:
    """The lines as a figure of a page. `epochs` count from 1; each line has a value for each.

    What is written above the picture are the values at the best epoch, until a reader hovers elsewhere.
    """
    values = [value for line in lines for value in line.values]
    scale = scale_of(
        values,
        may_be_logarithmic=is_loss(name)
        or not any(line.kind in ("training", "validation") for line in lines),
    )
    across = [_across(epoch, epochs) for epoch in epochs]
    seen = {
        "epochs": [int(epoch) for epoch in epochs],
        "x": [round(x, 2) for x in across],
        "lines": [
            {
                "kind": line.kind,
                "y": [_down(value, scale) for value in line.values],
                "texts": [_text(value, line) for value in line.values],
            }
            for line in lines
        ],
    }
    shown = name.replace("_", " ") + (" (logarithmic)" if scale.is_logarithmic else "")
    chosen = _first_shown(epochs, marks)
    return (
        f'<figure class="panel" data-panel="{escape(json.dumps(seen))}" data-shown="{chosen}">'
        f"<figcaption><strong>{escape(shown)}</strong> {_reading(lines, epochs, chosen)}</figcaption>"
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" tabindex="0" '
        f'aria-label="{escape(_in_words(name, lines, epochs))}">'
        + "".join(_drawn(name, lines, epochs, across, scale, marks))
        + "</svg></figure>"
    )


def _first_shown(epochs: Sequence[float], marks: Sequence[Mark]) -> int:
    best = next((mark.epoch for mark in marks if mark.word == "best"), epochs[-1])
    return next((place for place, epoch in enumerate(epochs) if epoch == best), len(epochs) - 1)


def _reading(lines: Sequence[Line], epochs: Sequence[float], place: int) -> str:
    told = "".join(
        f'<span class="{line.kind}">{line.kind if line.kind != "rate" else ""} '
        f"<b>{_text(line.values[place], line)}</b></span>"
        for line in lines
    )
    return f'<span class="reading"><span>epoch <b>{epochs[place]:.0f}</b></span>{told}</span>'


def _text(value: float, line: Line) -> str:
    return f"{value:.4g}" if line.kind == "rate" else figure_text(value)


def _in_words(name: str, lines: Sequence[Line], epochs: Sequence[float]) -> str:
    told = []
    for line in lines:
        best = best_row(line.values, name)
        end = "no finite value" if best is None else f"{figure_text(line.values[best])} at best"
        told.append(f"{line.kind} {end}")
    return f"{name.replace('_', ' ')} over {len(epochs)} epochs: {', '.join(told)}"


def _across(epoch: float, epochs: Sequence[float]) -> float:
    """A place within the picture; a single epoch stands in the middle."""
    first, last = epochs[0], epochs[-1]
    share = 0.5 if first == last else (min(max(epoch, first), last) - first) / (last - first)
    return _LEFT + 8 + share * (_WIDTH - _LEFT - _RIGHT - 16)


def _down(value: float, scale: Scale) -> float | None:
    if not isfinite(value):
        return None
    return round(_HEIGHT - _BOTTOM - scale.place(value) * (_HEIGHT - _TOP - _BOTTOM), 2)


def _drawn(
    name: str,
    lines: Sequence[Line],
    epochs: Sequence[float],
    across: Sequence[float],
    scale: Scale,
    marks: Sequence[Mark],
) -> Iterator[str]:
    yield from _axes(epochs, scale)
    for mark in marks:
        x = _across(mark.epoch, epochs)
        anchor = "end" if x > _WIDTH / 2 else "start"
        yield (
            f'<line class="mark {mark.word}" x1="{x:.1f}" x2="{x:.1f}"'
            f' y1="{_TOP - 6}" y2="{_HEIGHT - _BOTTOM}"/>'
            f'<text class="mark" x="{x + (-4 if anchor == "end" else 4):.1f}" y="{_TOP - 8}"'
            f' text-anchor="{anchor}">{mark.word}</text>'
        )
    for line in lines:
        places = [(x, _down(value, scale)) for x, value in zip(across, line.values, strict=True)]
        yield f'<path class="line {line.kind}" d="{_path(places)}"/>'
        alone = [
            (x, y) for number, (x, y) in enumerate(places) if y is not None and _is_alone(places, number)
        ]
        dots = [(x, y) for x, y in places if y is not None] if len(places) <= _EPOCHS_WITH_DOTS else alone
        for x, y in dots:
            yield f'<circle class="dot {line.kind}" cx="{x:.1f}" cy="{y}" r="2.6"/>'
    if not any(isfinite(value) for line in lines for value in line.values):
        yield f'<text x="{_WIDTH / 2}" y="{_HEIGHT / 2}" text-anchor="middle">no finite value</text>'
    if len(epochs) <= _EPOCHS_WITH_TITLES:
        yield from _titles(lines, epochs, across)
    yield f'<g class="cursor" style="display:none"><line y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}"/></g>'


def _axes(epochs: Sequence[float], scale: Scale) -> Iterator[str]:
    for value in scale.marks(5):
        y = _down(value, scale)
        yield (
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>'
            f'<text x="{_LEFT - 6}" y="{y}" dy=".35em" text-anchor="end">{mark_text(value)}</text>'
        )
    bottom = _HEIGHT - _BOTTOM
    for epoch in _epoch_marks(epochs):
        x = _across(epoch, epochs)
        yield f'<text x="{x:.1f}" y="{bottom + 15}" text-anchor="middle">{epoch:.0f}</text>'
    yield f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 5}" text-anchor="middle">epoch</text>'


def _epoch_marks(epochs: Sequence[float]) -> tuple[float, ...]:
    if len(epochs) <= 10:
        return tuple(epochs)
    marks = Scale(epochs[0], epochs[-1]).marks(7)
    return tuple(mark for mark in marks if mark == int(mark))


def _path(places: Sequence[tuple[float, float | None]]) -> str:
    """The line, with gaps where there is no finite value."""
    words, is_drawing = [], False
    for x, y in places:
        if y is not None:
            words.append(f"{'L' if is_drawing else 'M'}{x:.1f} {y}")
        is_drawing = y is not None
    return " ".join(words)


def _is_alone(places: Sequence[tuple[float, float | None]], number: int) -> bool:
    """A value between two gaps, which no line would show."""
    before = places[number - 1][1] if number else None
    after = places[number + 1][1] if number + 1 < len(places) else None
    return before is None and after is None


def _titles(lines: Sequence[Line], epochs: Sequence[float], across: Sequence[float]) -> Iterator[str]:
    width = (_WIDTH - _LEFT - _RIGHT) / len(epochs)
    for place, (epoch, x) in enumerate(zip(epochs, across, strict=True)):
        told = ", ".join(f"{line.kind} {_text(line.values[place], line)}" for line in lines)
        yield (
            f'<rect class="column" x="{x - width / 2:.1f}" y="{_TOP}" width="{width:.1f}"'
            f' height="{_HEIGHT - _TOP - _BOTTOM}"><title>epoch {epoch:.0f}: {told}</title></rect>'
        )
