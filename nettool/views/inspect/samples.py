"""Samples beside what the network says of them: a bar for each of the likeliest classes."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import numpy as np

from nettool.views.charts.chart import ChartForm
from nettool.views.charts.class_names import short_names
from nettool.views.inspect.classified import Classified
from nettool.views.inspect.thumbnails import Thumbnail, draw_thumbnail, height_of
from nettool.views.inspect.tile_grid import (
    HEAD,
    MARGIN,
    Box,
    TextStyle,
    TileGrid,
    blank_grid,
    fitting,
    inches_of,
)
from nettool.views.predictions.number_text import percent, short
from nettool.views.style import INK, QUIET_INK, TRAINING, VALIDATION

_ACROSS = 4
_WIDTH = 13.0
_THUMBNAIL, _SEVERAL = 1.15, 1.9
_HEAD = 0.2
_BETWEEN = 0.27
_BARS = 5
_BAR_WIDTH = 0.72
_VALUE_WIDTH = 0.62
_MOST_NAME_WIDTH = 1.1
_MOST_NAME_LETTERS = 18
_BAR_HEIGHT = 0.13
_STEP = 0.22
_OTHER = "#a3acb9"
_GROUND = "#eef0f3"
_FOOT = 0.05
_LEGEND = "bars: how sure the network is of the likeliest classes; blue is the right one, orange a wrong one"


def draw_samples(
    some: Classified,
    thumbnails: Sequence[Thumbnail],
    title: str,
    subtitle: str = "",
    forms: Sequence[ChartForm] = ("svg", "png"),
) -> dict[ChartForm, bytes]:
    """A cell for each sample, `thumbnails` in the order of its rows; as file contents by form.

    The bar of the right class is blue and its name bold, that of a wrong answer is orange. Bars of
    probabilities end at 100 %, bars of scores at the largest score that is shown.
    """
    some = replace(some, classes=tuple(short_names(some.classes, _MOST_NAME_LETTERS)))
    names = _name_width(some.classes)
    tile_width = _SEVERAL if any(len(each.images) > 1 for each in thumbnails) else _THUMBNAIL
    high = max(height_of(thumbnails, tile_width, _THUMBNAIL), _STEP * min(_BARS, len(some.classes)))
    cell, row_height = tile_width + 0.12 + names + _BAR_WIDTH + _VALUE_WIDTH, _HEAD + high + _BETWEEN
    across = min(_ACROSS, int(_WIDTH / cell), max(len(some), 2))
    down = ceil(len(some) / across)
    width = 2 * MARGIN + across * cell
    with blank_grid(width, HEAD + down * row_height + _FOOT, title, subtitle or _LEGEND) as grid:
        most = 1.0 if some.are_probabilities else float(np.abs(some.values).max(initial=0)) or 1.0
        for row, thumbnail in enumerate(thumbnails):
            x = MARGIN + row % across * cell
            y = HEAD + row // across * row_height
            draw_thumbnail(
                grid, thumbnail, Box(x, y + _HEAD, tile_width, high), f"sample_{some.numbers[row]}"
            )
            caption = _caption(some, row)
            is_wrong = bool(some.is_wrong[row])
            size = fitting(caption, cell - 0.2, 9)
            grid.words(caption, x, y + 0.06, TextStyle(size=size, colour=VALIDATION if is_wrong else INK))
            _draw_bars(grid, some, row, (x + tile_width + 0.12 + names, y + _HEAD + 0.06), most)
        return grid.files(forms)


def _name_width(classes: Sequence[str]) -> float:
    longest = max((inches_of(name, 8) for name in classes), default=0.0)
    return min(longest * 1.12 + 0.05, _MOST_NAME_WIDTH)


def _draw_bars(grid: TileGrid, some: Classified, row: int, corner: tuple[float, float], most: float) -> None:
    """Names end and bars begin at the corner."""
    x, y = corner
    ranks = likeliest(some, row, _BARS)
    room = _name_width(some.classes)
    for place, rank in enumerate(ranks):
        middle = y + place * _STEP + _BAR_HEIGHT / 2
        is_right = rank == some.true[row]
        shown = some.classes[rank]
        size = fitting(shown, room / 1.1, 8)
        grid.words(
            shown, x - 0.05, middle, TextStyle(size=size, across="right", is_bold=bool(is_right), colour=INK)
        )
        value = float(some.values[row, rank])
        grid.fill(Box(x, middle - _BAR_HEIGHT / 2, _BAR_WIDTH, _BAR_HEIGHT), _GROUND)
        colour = TRAINING if is_right else VALIDATION if rank == some.predicted[row] else _OTHER
        share = min(max(value / most, 0.0), 1.0)
        if share > 0:
            grid.fill(Box(x, middle - _BAR_HEIGHT / 2, share * _BAR_WIDTH, _BAR_HEIGHT), colour)
        words = percent(value) if some.are_probabilities else short(value)
        grid.words(words, x + _BAR_WIDTH + 0.05, middle, TextStyle(size=7, colour=QUIET_INK))


def likeliest(some: Classified, row: int, count: int) -> list[int]:
    """The classes that come first, and the right one in the place of the last where it is not among them."""
    order = [int(rank) for rank in np.argsort(-some.values[row], kind="stable")]
    first = order[:count]
    right = int(some.true[row])
    return first if right in first else [*first[:-1], right]


def _caption(some: Classified, row: int) -> str:
    number, predicted, right = some.numbers[row], some.predicted[row], some.true[row]
    if predicted == right:
        return f"{number}: {some.classes[right]}"
    return f"{number}: {some.classes[right]}, not {some.classes[predicted]}"
