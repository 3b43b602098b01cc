"""Parallel coordinates: an upright axis for each setting and result, a line through all of them for each run.

A. Inselberg, "The plane with parallel coordinates", The Visual Computer 1 (1985), pages 69–91.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import inf, isfinite, nan

from nettool.views.charts.scale import Scale, scale_of
from nettool.views.runs_page.settings import Setting, Value

_TOP, _BOTTOM, _HEIGHT = 46, 34, 370
_BESIDE = 70
_WIDEST, _NARROWEST = 320, 110
_LONGEST_NAME, _LONGEST_MARK = 22, 14
_MISSING = "–"
_PLACE_OF_MISSING = -0.06
"""Below the axis: there a line goes through that has no value on it."""
_MOST_WORDS = 12
"""Words on an axis that can be read."""
_MOST_NUMBERS = 5
"""So few numbers are all named; of more, round ones."""


@dataclass(frozen=True, slots=True)
class Axis:
    """`places` are shares of the axis from 0 (below) to 1, None for a run that has no value.

    `marks` are words with their places. `scale` is that of numbers, None where words stand on the axis.
    """

    name: str
    places: tuple[float | None, ...]
    marks: tuple[tuple[str, float], ...]
    scale: Scale | None = None

    @property
    def facts(self) -> Mapping[str, object]:
        """What the page's script needs to choose runs by their values."""
        scale = self.scale
        return {
            "name": self.name,
            "places": [None if place is None else round(place, 8) for place in self.places],
            "marks": [[text, round(place, 8)] for text, place in self.marks],
            "low": None if scale is None else scale.low,
            "high": None if scale is None else scale.high,
            "isLogarithmic": scale is not None and scale.is_logarithmic,
        }


def axis_of(setting: Setting) -> Axis | None:
    """The axis of a setting; None where no run has it, or where its words are too many to be read."""
    values = setting.values
    if all(value is None or _is_number(value) for value in values):
        numbers = [_number(value) for value in values]
        if not any(map(isfinite, numbers)):
            return None
        scale = scale_of([number for number in numbers if isfinite(number)], may_be_logarithmic=True)
        distinct = sorted({number for number in numbers if isfinite(number)})
        marked = distinct if len(distinct) <= _MOST_NUMBERS else scale.marks(5)
        marks = tuple((_mark_text(mark), scale.place(mark)) for mark in marked)
        return Axis(setting.name, tuple(_place(scale, number) for number in numbers), marks, scale)
    words = sorted({str(value) for value in values if value is not None})
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    place_of = {word: (number + 0.5) / len(words) for number, word in enumerate(words)}
    return Axis(
        setting.name,
        tuple(None if value is None else place_of[str(value)] for value in values),
        tuple(place_of.items()),
    )


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: Value) -> float:
    """NaN for none, infinity for one that no float holds."""
    try:
        return nan if value is None else float(value)
    except OverflowError:
        return inf


def _mark_text(mark: float) -> str:
    return f"{mark:.6g}" if mark == int(mark) else f"{mark:.4g}"


def _place(scale: Scale, number: float) -> float | None:
    place = scale.place(number) if isfinite(number) else nan
    return place if isfinite(place) else None


def parallel_coordinates(axes: Sequence[Axis], labels: Sequence[str], ranks: Sequence[float | None]) -> str:
    """The picture as SVG. `ranks` say how good each run is, from 0 to 1, which is its colour."""
    apart = min(_WIDEST, max(_NARROWEST, 1000 // max(len(axes) - 1, 1)))
    width = 2 * _BESIDE + apart * (len(axes) - 1)
    names = ", ".join(axis.name for axis in axes)
    words = f"{len(labels)} runs as lines through {names}; the table below has the same values"
    return (
        f'<svg id="lines" viewBox="0 0 {width} {_HEIGHT}" role="img"'
        f' style="min-width: {width * 0.62:.0f}px; max-width: {width * 1.1:.0f}px"'
        f' aria-label="{escape(words)}">'
        + "".join(_lines(axes, labels, ranks, apart))
        + "".join(part for number, axis in enumerate(axes) for part in _axis(axis, number, apart))
        + "</svg>"
    )


def _lines(
    axes: Sequence[Axis], labels: Sequence[str], ranks: Sequence[float | None], apart: float
) -> Iterator[str]:
    # The best are drawn last, and so above the others.
    order = sorted(range(len(labels)), key=lambda run: (ranks[run] is not None, ranks[run] or 0.0))
    for run in order:
        places = (axis.places[run] for axis in axes)
        downs = (_down(_PLACE_OF_MISSING if place is None else place) for place in places)
        path = "L".join(f"{_BESIDE + apart * number:g} {down:.1f}" for number, down in enumerate(downs))
        rank = ranks[run]
        colour = "" if rank is None else f' style="--rank: {rank:.0%}"'
        kind = "run unknown" if rank is None else "run"
        yield (
            f'<path class="{kind}" data-run="{run}" d="M{path}"{colour}>'
            f"<title>{escape(labels[run])}</title></path>"
        )


def _axis(axis: Axis, number: int, apart: float) -> Iterator[str]:
    x = _BESIDE + apart * number
    yield (
        f'<g class="axis" data-axis="{number}">'
        f'<line x1="{x:g}" x2="{x:g}" y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}"/>'
        f'<rect class="brush" x="{x - 9:g}" y="{_TOP}" width="18" height="0"/>'
        f'<rect class="handle" x="{x - 14:g}" y="{_TOP}" width="28" height="{_HEIGHT - _BOTTOM - _TOP}"/>'
        f'<text class="name" x="{x:g}" y="{16 + 17 * (number % 2)}" text-anchor="middle">'
        f"{escape(_cut(axis.name, _LONGEST_NAME))}<title>{escape(axis.name)}</title></text>"
    )
    missing = ((_MISSING, _PLACE_OF_MISSING),) if None in axis.places else ()
    for text, place in (*axis.marks, *missing):
        yield (
            f'<text class="value" x="{x + 7:g}" y="{_down(place):.1f}" dy=".35em">'
            f"{escape(_cut(text, _LONGEST_MARK))}</text>"
        )
    yield "</g>"


def _down(place: float) -> float:
    return _HEIGHT - _BOTTOM - place * (_HEIGHT - _BOTTOM - _TOP)


def _cut(text: str, longest: int) -> str:
    """The end of a path says more than its beginning."""
    return text if len(text) <= longest else f"…{text[1 - longest :]}"
