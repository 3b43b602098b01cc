"""What is drawn in a panel of curves: lines with gaps, marks, axes, and a title over each epoch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from nettool.record.events.event_text import figure_text
from nettool.views.report.scale import Scale, mark_text

WIDTH, HEIGHT = 400, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 14, 20, 36
_WORD = 110
"""The room that the words of two marks need."""
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


def value_text(value: float, line: Line) -> str:
    """A value as it is told."""
    return f"{value:.4g}" if line.kind == "rate" else figure_text(value)


def place_across(epoch: float, epochs: Sequence[float]) -> float:
    """A place within the picture; a single epoch stands in the middle."""
    first, last = epochs[0], epochs[-1]
    share = 0.5 if first == last else (min(max(epoch, first), last) - first) / (last - first)
    return _LEFT + 8 + share * (WIDTH - _LEFT - _RIGHT - 16)


def place_down(value: float, scale: Scale) -> float | None:
    """A place within the picture; None for what is not finite."""
    if not isfinite(value):
        return None
    return round(HEIGHT - _BOTTOM - scale.place(value) * (HEIGHT - _TOP - _BOTTOM), 2)


def drawn(
    lines: Sequence[Line],
    epochs: Sequence[float],
    across: Sequence[float],
    scale: Scale,
    marks: Sequence[Mark],
) -> Iterator[str]:
    """The elements of the SVG picture; `across` are the places of the epochs."""
    yield from _axes(epochs, scale)
    yield from _marks(marks, epochs)
    for line in lines:
        places = [(x, place_down(value, scale)) for x, value in zip(across, line.values, strict=True)]
        yield f'<path class="line {line.kind}" d="{_path(places)}"/>'
        alone = [
            (x, y) for number, (x, y) in enumerate(places) if y is not None and _is_alone(places, number)
        ]
        dots = [(x, y) for x, y in places if y is not None] if len(places) <= _EPOCHS_WITH_DOTS else alone
        for x, y in dots:
            yield f'<circle class="dot {line.kind}" cx="{x:.1f}" cy="{y}" r="2.6"/>'
    if not any(isfinite(value) for line in lines for value in line.values):
        yield f'<text x="{WIDTH / 2}" y="{HEIGHT / 2}" text-anchor="middle">no finite value</text>'
    if len(epochs) <= _EPOCHS_WITH_TITLES:
        yield from _titles(lines, epochs, across)
    yield f'<g class="cursor" style="display:none"><line y1="{_TOP}" y2="{HEIGHT - _BOTTOM}"/></g>'


def _marks(marks: Sequence[Mark], epochs: Sequence[float]) -> Iterator[str]:
    """Upright lines; a word that would stand over another one is left out."""
    written: list[float] = []
    for mark in marks:
        x = place_across(mark.epoch, epochs)
        yield (
            f'<line class="mark {mark.word}" x1="{x:.1f}" x2="{x:.1f}"'
            f' y1="{_TOP - 6}" y2="{HEIGHT - _BOTTOM}"/>'
        )
        if all(abs(x - other) > _WORD for other in written):
            written.append(x)
            anchor, beside = ("end", x - 4) if x > WIDTH / 2 else ("start", x + 4)
            place = f'x="{beside:.1f}" y="{_TOP - 8}" text-anchor="{anchor}"'
            yield f'<text class="mark" {place}>{mark.word}</text>'


def _axes(epochs: Sequence[float], scale: Scale) -> Iterator[str]:
    for value in scale.marks(5):
        y = place_down(value, scale)
        yield (
            f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>'
            f'<text x="{_LEFT - 6}" y="{y}" dy=".35em" text-anchor="end">{mark_text(value)}</text>'
        )
    bottom = HEIGHT - _BOTTOM
    for epoch in _epoch_marks(epochs):
        x = place_across(epoch, epochs)
        yield f'<text x="{x:.1f}" y="{bottom + 15}" text-anchor="middle">{epoch:.0f}</text>'
    yield f'<text x="{(_LEFT + WIDTH - _RIGHT) / 2}" y="{HEIGHT - 5}" text-anchor="middle">epoch</text>'


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
    width = (WIDTH - _LEFT - _RIGHT) / len(epochs)
    for place, (epoch, x) in enumerate(zip(epochs, across, strict=True)):
        told = ", ".join(f"{line.kind} {value_text(line.values[place], line)}" for line in lines)
        yield (
            f'<rect class="column" x="{x - width / 2:.1f}" y="{_TOP}" width="{width:.1f}"'
            f' height="{HEIGHT - _TOP - _BOTTOM}"><title>epoch {epoch:.0f}: {told}</title></rect>'
        )
