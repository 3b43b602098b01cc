"""An output that gives numbers: its errors, and its predictions against the targets."""

from collections.abc import Iterator, Sequence
from html import escape
from math import isfinite

from nettool.record.files.observations import SeenNumbers
from nettool.views.charts.scale import Scale, mark_text, scale_of
from nettool.views.page.markup import remark, table

_SIDE, _LEFT, _BOTTOM, _ROOM = 300, 52, 40, 10


def error_table(seen: Sequence[SeenNumbers]) -> str:
    """A line for each number; the last column is the share of the variance that is explained (R²)."""
    head = (
        "",
        "mean absolute error",
        "root mean square error",
        "standard deviation of the values",
        "explained (R²)",
        "samples",
    )
    rows = [
        (
            each.name,
            *map(_text, (each.mean_absolute_error, each.root_mean_square_error, each.standard_deviation)),
            _explained(each),
            f"{each.samples:,}",
        )
        for each in seen
    ]
    note = (
        "Errors are in the units of the data. Always predicting the mean gives an error of one standard "
        "deviation."
    )
    return table(head, rows, range(1, 6)) + remark(note)


def scatters(seen: Sequence[SeenNumbers]) -> str:
    """A picture for each number: on the line a prediction is the target."""
    return f'<div class="panels">{"".join(_scatter(each) for each in seen)}</div>'


def _explained(seen: SeenNumbers) -> str:
    error, deviation = seen.root_mean_square_error, seen.standard_deviation
    return "–" if error is None or not deviation else f"{1 - (error / deviation) ** 2:.4f}"


def _text(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"


def _scatter(seen: SeenNumbers) -> str:
    pairs = [
        (target, prediction)
        for target, prediction in seen.pairs
        if target is not None and prediction is not None and isfinite(target) and isfinite(prediction)
    ]
    if not pairs:
        return ""
    scale = scale_of([value for pair in pairs for value in pair])
    words = f"{seen.name}: predictions against targets, for {len(pairs)} samples"
    return (
        f'<figure class="panel"><figcaption><strong>{escape(seen.name)}</strong></figcaption>'
        f'<svg class="scatter" viewBox="0 0 {_SIDE} {_SIDE}" role="img" aria-label="{escape(words)}">'
        + "".join(_drawn(pairs, scale))
        + "</svg></figure>"
    )


def _drawn(pairs: Sequence[tuple[float, float]], scale: Scale) -> Iterator[str]:
    for value in scale.marks(4):
        x, y = _across(value, scale), _down(value, scale)
        yield (
            f'<line class="grid" x1="{_LEFT}" x2="{_SIDE - _ROOM}" y1="{y}" y2="{y}"/>'
            f'<text x="{_LEFT - 6}" y="{y}" dy=".35em" text-anchor="end">{mark_text(value)}</text>'
            f'<text x="{x}" y="{_SIDE - _BOTTOM + 16}" text-anchor="middle">{mark_text(value)}</text>'
        )
    ends = [(_across(value, scale), _down(value, scale)) for value in (scale.low, scale.high)]
    yield (
        f'<line class="mark" x1="{ends[0][0]}" y1="{ends[0][1]}" x2="{ends[1][0]}" y2="{ends[1][1]}"/>'
        f'<text x="{(_LEFT + _SIDE) / 2}" y="{_SIDE - 6}" text-anchor="middle">target</text>'
        f'<text transform="translate(11 {(_SIDE - _BOTTOM) / 2}) rotate(-90)"'
        ' text-anchor="middle">prediction</text>'
    )
    for target, prediction in pairs:
        yield (
            f'<circle class="point" cx="{_across(target, scale)}" cy="{_down(prediction, scale)}" r="3">'
            f"<title>target {target:.4g}, prediction {prediction:.4g}</title></circle>"
        )


def _across(value: float, scale: Scale) -> float:
    return round(_LEFT + scale.place(value) * (_SIDE - _LEFT - _ROOM), 1)


def _down(value: float, scale: Scale) -> float:
    return round(_SIDE - _BOTTOM - scale.place(value) * (_SIDE - _BOTTOM - _ROOM), 1)
