"""The kernels of a layer as a picture: a tile for each unit, or for each of its channels, or a matrix."""

from collections.abc import Sequence
from math import ceil, sqrt

from nettool.views.charts.chart import ChartForm
from nettool.views.inspect.colour_scale import ColourScale, draw_scale, signed
from nettool.views.inspect.kernel import Kernels, WeightMatrix
from nettool.views.inspect.tile_grid import HEAD, MARGIN, Box, TextStyle, TileGrid, blank_grid, fitting
from nettool.views.style import INK, QUIET_INK

_WIDTH = 11.5
_HIGHEST = 8.0
_LEAST_WIDTH = 6.4
_MOST_SIDE, _LEAST_SIDE = 1.25, 0.16
_GAP = 0.1
_CAPTION = 0.2
_LEFT = 0.85
_TOP = 0.5
_FOOT = 0.85
_SCALE = (2.4, 0.14)
_WIDE, _HIGH = 10.4, 7.0
_LARGEST_CELL = 0.42
_LEAST_SIDE = 0.4
_MATRIX_LEFT = 0.95
_MATRIX_TOP = 0.42
_MATRIX_FOOT = 0.8
_MATRIX_LEAST_WIDTH = 6.4
_MOST_TICKS = 16


def draw_filters(
    kernels: Kernels, title: str = "", forms: Sequence[ChartForm] = ("svg", "png")
) -> dict[ChartForm, bytes]:
    """The kernels as file contents by form; `title` is, for example, the name of the network.

    Red is above zero, blue below, white zero; one scale for all of them, which the largest weight ends.
    Kernels of a colour image are drawn as the colours that they add: middle grey is zero. Raises ValueError
    where there is nothing to be drawn.
    """
    if not kernels.values.size:
        raise ValueError(f"`{kernels.node}` has no weights")
    needs_grid = len(kernels.units) > 1 and len(kernels.channels) > 1 and not kernels.is_colour
    return _grid(kernels, title, forms) if needs_grid else _tiles(kernels, title, forms)


def _tiles(kernels: Kernels, title: str, forms: Sequence[ChartForm]) -> dict[ChartForm, bytes]:
    """A picture for each unit, its number below it; of a single unit one for each channel."""
    cells = _cells(kernels)
    columns = _columns(len(cells))
    rows = ceil(len(cells) / columns)
    tile = _tile(kernels, (_WIDTH - 2 * MARGIN) / columns - _GAP)
    across, down = tile.width + _GAP, tile.height + _CAPTION + _GAP / 2
    width = max(_LEAST_WIDTH, 2 * MARGIN + columns * across - _GAP)
    with blank_grid(width, HEAD + rows * down + _FOOT, *_heading(kernels, title)) as grid:
        for place, (caption, unit, channel) in enumerate(cells):
            x = MARGIN + place % columns * across
            y = HEAD + place // columns * down
            _draw(grid, kernels, unit, channel, Box(x, y, tile.width, tile.height))
            grid.words(caption, x + tile.width / 2, y + tile.height + 0.1, TextStyle(size=8, across="center"))
        _foot(grid, kernels, HEAD + rows * down + 0.18)
        return grid.files(forms)


def _cells(kernels: Kernels) -> list[tuple[str, int, int]]:
    """Caption, place of the unit and place of the channel."""
    if kernels.is_colour or len(kernels.channels) == 1:
        return [(f"{unit}", place, 0) for place, unit in enumerate(kernels.units)]
    return [(name, 0, place) for place, name in enumerate(_channel_words(kernels))]


def _channel_words(kernels: Kernels) -> tuple[str, ...]:
    return kernels.channel_names or tuple(f"{channel}" for channel in kernels.channels)


def _columns(count: int) -> int:
    """For a picture that is wider than high, with full rows where that can be."""
    about = min(count, max(4, ceil(sqrt(2.4 * count))))
    full = (columns for columns in range(about, about * 3 // 2 + 1) if count % columns == 0)
    return next(full, ceil(count / ceil(count / about)))


def _grid(kernels: Kernels, title: str, forms: Sequence[ChartForm]) -> dict[ChartForm, bytes]:
    """A row for each channel of the origin, a column for each unit."""
    columns, rows = len(kernels.units), len(kernels.channels)
    names = _channel_words(kernels)
    left = _LEFT + 0.07 * max(0, max(map(len, names)) - 3)
    gap = 0.05
    room = min((_WIDTH - left - MARGIN) / columns, _HIGHEST / rows) - gap
    tile = _tile(kernels, room, most=0.9)
    across, down = tile.width + gap, tile.height + gap
    top = HEAD + _TOP
    width = max(_LEAST_WIDTH, left + columns * across + MARGIN)
    with blank_grid(width, top + rows * down + _FOOT, *_heading(kernels, title)) as grid:
        grid.words(f"unit of {kernels.node}", left, HEAD + 0.1, TextStyle(colour=QUIET_INK))
        middle = top + rows * down / 2
        grid.words(
            f"channel of {kernels.origin}",
            MARGIN,
            middle,
            TextStyle(
                size=fitting(f"channel of {kernels.origin}", max(1.0, rows * down + 0.6), 9),
                colour=QUIET_INK,
                across="center",
                is_upright=True,
            ),
        )
        size = min(8.0, max(4.0, 72 * min(tile.height, tile.width) * 0.45))
        for column, unit in enumerate(kernels.units):
            x = left + column * across + tile.width / 2
            grid.words(f"{unit}", x, top - 0.1, TextStyle(size=size, across="center"))
        for row, name in enumerate(names):
            y = top + row * down
            grid.words(name, left - 0.08, y + tile.height / 2, TextStyle(size=size, across="right"))
            for column in range(columns):
                _draw(grid, kernels, column, row, Box(left + column * across, y, tile.width, tile.height))
        _foot(grid, kernels, top + rows * down + 0.16)
        return grid.files(forms)


def _tile(kernels: Kernels, room: float, most: float = _MOST_SIDE) -> Box:
    """The size of a tile whose longer side fits."""
    height, width = kernels.values.shape[:2]
    side = min(most, max(_LEAST_SIDE, room))
    longer = max(height, width)
    return Box(0, 0, max(side * width / longer, 0.08), max(side * height / longer, 0.08))


def _draw(grid: TileGrid, kernels: Kernels, place: int, row: int, box: Box) -> None:
    name = f"unit_{kernels.units[place]}"
    if kernels.is_colour:
        values = kernels.values[:, :, :, place]
    else:
        values = kernels.values[:, :, row, place]
        name += f"_channel_{kernels.channels[row]}" if kernels.has_grid else ""
    grid.tile(_scale(kernels).pixels(values), box, name)


def _scale(kernels: Kernels) -> ColourScale:
    return ColourScale("colour" if kernels.is_colour else "diverging", kernels.limit)


def _heading(kernels: Kernels, title: str) -> tuple[str, str]:
    height, width = kernels.values.shape[:2]
    start = f"{title}: " if title else ""
    usual = "filters" if "Conv" in kernels.operation else "weights"
    what = usual if kernels.variable == "kernel" else kernels.variable
    shown = _part(kernels.units, kernels.unit_count, "unit")
    words = f"{kernels.operation}, {height}×{width}"
    if kernels.is_colour:
        words += f", colour of {kernels.origin}, {shown}"
    elif kernels.has_grid:
        channels = _part(kernels.channels, kernels.channel_count, "channel")
        is_grid = len(kernels.units) > 1 and len(kernels.channels) > 1
        rows, columns = (" (rows)", " (columns)") if is_grid else ("", "")
        words += f", {channels} of {kernels.origin}{rows}, {shown}{columns}"
    else:
        words += f", of {kernels.origin}, {shown}"
    return f"{start}{what} of {kernels.node}", words


def _part(shown: Sequence[int], count: int, word: str) -> str:
    """`8 units`, `24 of 64 units`, `unit 3 of 64`."""
    if len(shown) == 1 and count > 1:
        return f"{word} {shown[0]} of {count:,}"
    plural = word if count == 1 else f"{word}s"
    return f"{count:,} {plural}" if len(shown) == count else f"{len(shown):,} of {count:,} {plural}"


def _foot(grid: TileGrid, kernels: Kernels, y: float) -> None:
    width, height = _SCALE
    draw_scale(grid, _scale(kernels), Box(MARGIN, y, width, height))
    words = "middle grey is 0" if kernels.is_colour else "white is 0"
    grid.words(
        f"weight ({words}; one scale for all)",
        MARGIN + width + 0.2,
        y + height / 2,
        TextStyle(size=8, colour=INK),
    )


def draw_weight_matrix(
    matrix: WeightMatrix, title: str = "", forms: Sequence[ChartForm] = ("svg", "png")
) -> dict[ChartForm, bytes]:
    """Rows are what comes in, columns the layer's units; as file contents by form.

    Cells are square unless there are so many that they would not fit.
    """
    rows, columns = matrix.values.shape
    cell = min(_LARGEST_CELL, _WIDE / columns, _HIGH / rows)
    box = Box(
        _MATRIX_LEFT, HEAD + _MATRIX_TOP, max(cell * columns, _LEAST_SIDE), max(cell * rows, _LEAST_SIDE)
    )
    width = max(_MATRIX_LEAST_WIDTH, box.x + box.width + MARGIN)
    bottom = box.y + box.height
    start = f"{title}: " if title else ""
    what = "weights" if matrix.variable == "kernel" else matrix.variable
    words = f"{matrix.operation}, {rows:,} × {columns:,}"
    scale = signed(matrix.values)
    with blank_grid(width, bottom + _MATRIX_FOOT, f"{start}{what} of {matrix.node}", words) as grid:
        grid.tile(scale.pixels(matrix.values), box, "matrix")
        grid.words(matrix.columns, box.x, HEAD + 0.08, TextStyle(colour=QUIET_INK))
        for place in _ticks(columns):
            grid.words(
                f"{place}",
                box.x + (place + 0.5) * box.width / columns,
                box.y - 0.1,
                TextStyle(size=8, across="center"),
            )
        middle = box.y + box.height / 2
        grid.words(matrix.rows, MARGIN, middle, TextStyle(colour=QUIET_INK, across="center", is_upright=True))
        for place in _ticks(rows):
            y = box.y + (place + 0.5) * box.height / rows
            grid.words(f"{place}", box.x - 0.08, y, TextStyle(size=8, across="right"))
        draw_scale(grid, scale, Box(MARGIN, bottom + 0.16, 2.4, 0.14))
        grid.words("weight (white is 0)", MARGIN + 2.6, bottom + 0.23, TextStyle(size=8))
        return grid.files(forms)


def _ticks(count: int) -> range:
    """Numbers from 0 in steps of 1, 2 or 5 times a power of ten."""
    step = 1
    while count / step > _MOST_TICKS:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return range(0, count, step)
