"""What layers make of one sample: the sample on the left, a block for each layer beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from nettool.layers.outcome import shape_text
from nettool.views.charts.chart import ChartForm
from nettool.views.inspect.colour_scale import ColourScale, draw_scale, fitting_scale
from nettool.views.inspect.layer_maps import LayerMaps, LayerNumbers, LayerSteps, Shown
from nettool.views.inspect.thumbnails import Thumbnail, draw_thumbnail
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
from nettool.views.predictions.number_text import short
from nettool.views.style import INK, QUIET_INK, RULE, TRAINING, VALIDATION

_WIDTH = 12.6
_THUMBNAIL = 1.7
_GAP = 0.4
_HEIGHT = 5.6
_LEAST_WIDTH = 6.4
_MOST_IN_A_ROW = 4
"""Layers side by side; further ones stand below."""
_HEAD = 0.52
_FOOT = 0.42
_TILE_GAP = 0.06
_NUMBERS = 0.15
_LARGEST_MAP, _LEAST_MAP = 1.3, 0.14
_SMALLEST_NUMBERED = 0.2
_MOST_BARS = 32
_BAR_STEP = 0.19
_STRIP_ACROSS = 16
_LARGEST_CELL = 0.24
_SCALE_WIDTH = 1.6


def draw_activations(
    layers: Sequence[Shown],
    thumbnail: Thumbnail,
    caption: str,
    title: str,
    subtitle: str = "",
    forms: Sequence[ChartForm] = ("svg", "png"),
) -> dict[ChartForm, bytes]:
    """One scale for each layer, as file contents by form; `caption` stands below the sample.

    Where a layer gives nothing below zero, white is zero and dark blue its largest number; otherwise blue is
    below zero and red above it.
    """
    across = min(len(layers), _MOST_IN_A_ROW)
    thumbnail_width = _THUMBNAIL * max(len(thumbnail.images), 1)
    left = MARGIN + thumbnail_width + _GAP
    room = (_WIDTH - left - MARGIN - _GAP * (across - 1)) / across
    rows = [[block_of(each, room, _HEIGHT) for each in some] for some in _rows(layers, across)]
    heights = [max(block.height for block in row) for row in rows]
    lines = caption.split("\n")
    height = HEAD + max(sum(heights) + _GAP * (len(rows) - 1), _THUMBNAIL + 0.3 + 0.18 * len(lines)) + 0.15
    widest = max(sum(block.width for block in row) + _GAP * (len(row) - 1) for row in rows)
    width = max(_LEAST_WIDTH, left + widest + MARGIN)
    with blank_grid(width, height, title, subtitle) as grid:
        draw_thumbnail(grid, thumbnail, Box(MARGIN, HEAD, thumbnail_width, _THUMBNAIL), "sample")
        for place, line in enumerate(lines):
            y = HEAD + _THUMBNAIL + 0.16 + 0.18 * place
            grid.words(line, MARGIN, y, TextStyle(size=fitting(line, thumbnail_width, 9), colour=QUIET_INK))
        y = HEAD - 0.06
        for row, row_height in zip(rows, heights, strict=True):
            x = left
            for block in row:
                block.draw(grid, x, y)
                x += block.width + _GAP
            y += row_height + _GAP
        return grid.files(forms)


def _rows(layers: Sequence[Shown], across: int) -> list[tuple[Shown, ...]]:
    return [tuple(layers[start : start + across]) for start in range(0, len(layers), across)]


@dataclass(frozen=True, slots=True)
class Block:
    """So many inches wide and high; `draw` takes the place of its upper left corner."""

    width: float
    height: float
    draw: Callable[[TileGrid, float, float], None]


def block_of(shown: Shown, width: float, height: float) -> Block:
    """The block of a layer, at most so wide, and so high if that can be."""
    if isinstance(shown, LayerMaps):
        return _maps(shown, width, height)
    if isinstance(shown, LayerSteps):
        return _steps(shown, width, height)
    return _bars(shown, width) if len(shown.values) <= _MOST_BARS else _strip(shown, width)


def _maps(maps: LayerMaps, width: float, height: float) -> Block:
    rows, columns = maps.values.shape[:2]
    longer = max(rows, columns)
    count = len(maps.channels)
    layouts = _layouts(count, rows / longer, columns / longer, width, height)
    # Full rows are worth a little size.
    side, across = max(layouts, key=lambda each: (each[0] * (1 if count % each[1] else 1.25), each[1]))
    tile = Box(0, 0, max(side * columns / longer, 0.05), max(side * rows / longer, 0.05))
    step_x, step_y = (
        tile.width + _TILE_GAP,
        tile.height + _TILE_GAP + (_NUMBERS if side >= _SMALLEST_NUMBERED else 0),
    )
    down = ceil(count / across)
    scale = fitting_scale(maps.values)

    def draw(grid: TileGrid, x: float, y: float) -> None:
        few = "" if count == maps.channel_count else f", {count} of {maps.channel_count} {maps.of}s"
        means = "" if maps.step == 1 else f", means of {maps.step}×{maps.step}"
        words = f"{maps.operation} {shape_text(maps.shape)}{few}{means}".lstrip()
        _head(grid, maps.node, words, x, y, width)
        for place, channel in enumerate(maps.channels):
            left, top = x + place % across * step_x, y + _HEAD + place // across * step_y
            box = Box(left, top, tile.width, tile.height)
            grid.tile(scale.pixels(maps.values[:, :, place]), box, f"{maps.node}_{channel}")
            if side >= _SMALLEST_NUMBERED:
                middle, below = left + tile.width / 2, top + tile.height + 0.08
                grid.words(
                    f"{channel}", middle, below, TextStyle(size=6.5, across="center", colour=QUIET_INK)
                )
        _scale(grid, scale, maps.node, x, y + _HEAD + down * step_y + 0.06, width)

    return Block(max(across * step_x, min(width, _SCALE_WIDTH)), _HEAD + down * step_y + _FOOT, draw)


def _layouts(count: int, tall: float, wide: float, width: float, height: float) -> list[tuple[float, int]]:
    """How large the tiles are, and how many stand in a row, for each layout that fits (or nearly does)."""
    found = []
    for across in range(1, count + 1):
        down = ceil(count / across)
        across_room = (width / across - _TILE_GAP) / wide
        down_room = ((height - _HEAD - _FOOT) / down - _TILE_GAP - _NUMBERS) / tall
        found.append((max(_LEAST_MAP, min(across_room, down_room, _LARGEST_MAP)), across))
    # Of layouts with equally large tiles the one with the most in a row, as far as the width allows.
    return [
        (side, across) for side, across in found if across * (side * wide + _TILE_GAP) <= width + 1e-9
    ] or [(_LEAST_MAP, max(1, int(width / (_LEAST_MAP * wide + _TILE_GAP))))]


def _steps(steps: LayerSteps, width: float, height: float) -> Block:
    rows, columns = steps.values.shape
    room = width - 0.35
    cell_width = min(_LARGEST_CELL, room / columns)
    cell_height = min(_LARGEST_CELL, (height - _HEAD - _FOOT - 0.2) / rows)
    box = Box(0.35, _HEAD + 0.16, max(cell_width * columns, 0.2), max(cell_height * rows, 0.2))
    scale = fitting_scale(steps.values)

    def draw(grid: TileGrid, x: float, y: float) -> None:
        words = f"{steps.operation}, {columns} steps (across) of {rows} numbers (down)"
        _head(grid, steps.node, words, x, y, width)
        grid.tile(scale.pixels(steps.values), Box(x + box.x, y + box.y, box.width, box.height), steps.node)
        for place in {0, columns - 1}:
            middle = x + box.x + (place + 0.5) * box.width / columns
            grid.words(
                f"{place}", middle, y + box.y - 0.08, TextStyle(size=7, across="center", colour=QUIET_INK)
            )
        for place in {0, rows - 1}:
            middle = y + box.y + (place + 0.5) * box.height / rows
            grid.words(
                f"{place}", x + box.x - 0.06, middle, TextStyle(size=7, across="right", colour=QUIET_INK)
            )
        _scale(grid, scale, steps.node, x, y + box.y + box.height + 0.1, width)

    return Block(max(box.x + box.width, _SCALE_WIDTH), box.y + box.height + _FOOT + 0.1, draw)


def _bars(numbers: LayerNumbers, width: float) -> Block:
    count = len(numbers.values)
    names = numbers.names or tuple(f"{place}" for place in range(count))
    label = min(max(inches_of(name, 8) for name in names) + 0.1, 1.2)
    value_width = 0.55
    room = max(0.6, min(width - label - value_width, 2.2))
    finite = np.nan_to_num(numbers.values.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    lowest, highest = min(0.0, float(finite.min())), max(0.0, float(finite.max()))
    extent = highest - lowest or 1.0

    def draw(grid: TileGrid, x: float, y: float) -> None:
        _head(grid, numbers.node, f"{numbers.operation}, {count} numbers", x, y, width)
        start = x + label
        zero = start - lowest / extent * room
        for place, (name, value) in enumerate(zip(names, finite.tolist(), strict=True)):
            middle = y + _HEAD + (place + 0.5) * _BAR_STEP
            size = fitting(name, label - 0.08, 8)
            grid.words(name, start - 0.06, middle, TextStyle(size=size, across="right", colour=INK))
            length = value / extent * room
            box = Box(min(zero, zero + length), middle - 0.065, abs(length), 0.13)
            if length:
                grid.fill(box, TRAINING if value > 0 else VALIDATION)
            text = short(float(numbers.values[place]))
            grid.words(text, start + room + 0.06, middle, TextStyle(size=7, colour=QUIET_INK))
        grid.line((zero, y + _HEAD), (zero, y + _HEAD + count * _BAR_STEP), RULE)

    return Block(label + room + value_width, _HEAD + count * _BAR_STEP + 0.1, draw)


def _strip(numbers: LayerNumbers, width: float) -> Block:
    """Many numbers: a cell for each, row after row, as text runs."""
    count = len(numbers.values)
    label = inches_of(f"{count}", 7) + 0.12
    across = _STRIP_ACROSS if count <= _STRIP_ACROSS * 32 else 2 * _STRIP_ACROSS
    cell = min(_LARGEST_CELL, (width - label) / across)
    down = ceil(count / across)
    scale = fitting_scale(numbers.values)

    def draw(grid: TileGrid, x: float, y: float) -> None:
        words = f"{numbers.operation}, {count:,} numbers, {across} in a row"
        _head(grid, numbers.node, words, x, y, width)
        for row in range(down):
            some = numbers.values[row * across : (row + 1) * across][np.newaxis]
            box = Box(x + label, y + _HEAD + row * cell, some.shape[1] * cell, cell)
            grid.tile(scale.pixels(some), box, f"{numbers.node}_{row * across}")
            if cell >= 0.1 or row % 2 == 0:
                middle = box.y + cell / 2
                grid.words(
                    f"{row * across}",
                    box.x - 0.06,
                    middle,
                    TextStyle(size=6.5, across="right", colour=QUIET_INK),
                )
        _scale(grid, scale, numbers.node, x, y + _HEAD + down * cell + 0.1, width)

    return Block(label + across * cell, _HEAD + down * cell + _FOOT + 0.1, draw)


def _head(grid: TileGrid, node: str, words: str, x: float, y: float, width: float) -> None:
    grid.words(node, x, y + 0.1, TextStyle(size=fitting(node, width / 1.1, 10.5), is_bold=True))
    grid.words(words, x, y + 0.31, TextStyle(size=fitting(words, width, 8), colour=QUIET_INK))


def _scale(grid: TileGrid, scale: ColourScale, node: str, x: float, y: float, width: float) -> None:
    draw_scale(grid, scale, Box(x, y, min(width, _SCALE_WIDTH), 0.1), f"{node}_scale")
