"""A matrix of weights as a picture: one cell for each weight, on a scale that is symmetric about zero."""

from collections.abc import Sequence

from nettool.views.charts.chart import ChartForm
from nettool.views.inspect.colour_scale import draw_scale, signed
from nettool.views.inspect.kernel import WeightMatrix
from nettool.views.inspect.tile_grid import HEAD, MARGIN, Box, blank_sheet
from nettool.views.style import QUIET_INK

_WIDE, _HIGH = 10.4, 7.0
_LARGEST_CELL = 0.42
_LEAST_SIDE = 0.4
_LEFT = 0.95
_TOP = 0.42
_FOOT = 0.8
_LEAST_WIDTH = 6.4
_MOST_TICKS = 16


def draw_weight_matrix(
    matrix: WeightMatrix, title: str = "", forms: Sequence[ChartForm] = ("svg", "png")
) -> dict[ChartForm, bytes]:
    """Rows are what comes in, columns the layer's units; as file contents by form.

    Cells are square unless there are so many that they would not fit.
    """
    rows, columns = matrix.values.shape
    cell = min(_LARGEST_CELL, _WIDE / columns, _HIGH / rows)
    box = Box(_LEFT, HEAD + _TOP, max(cell * columns, _LEAST_SIDE), max(cell * rows, _LEAST_SIDE))
    width = max(_LEAST_WIDTH, box.x + box.width + MARGIN)
    bottom = box.y + box.height
    start = f"{title}: " if title else ""
    what = "weights" if matrix.variable == "kernel" else matrix.variable
    words = f"{matrix.operation}, {rows:,} × {columns:,}"
    scale = signed(matrix.values)
    with blank_sheet(width, bottom + _FOOT, f"{start}{what} of {matrix.node}", words) as sheet:
        sheet.tile(scale.pixels(matrix.values), box, "matrix")
        sheet.words(matrix.columns, box.x, HEAD + 0.08, colour=QUIET_INK)
        for place in _ticks(columns):
            sheet.words(
                f"{place}", box.x + (place + 0.5) * box.width / columns, box.y - 0.1, size=8, across="center"
            )
        middle = box.y + box.height / 2
        sheet.words(matrix.rows, MARGIN, middle, colour=QUIET_INK, across="center", upright=True)
        for place in _ticks(rows):
            y = box.y + (place + 0.5) * box.height / rows
            sheet.words(f"{place}", box.x - 0.08, y, size=8, across="right")
        draw_scale(sheet, scale, Box(MARGIN, bottom + 0.16, 2.4, 0.14))
        sheet.words("weight (white is 0)", MARGIN + 2.6, bottom + 0.23, size=8)
        return sheet.files(forms)


def _ticks(count: int) -> range:
    """Numbers from 0 in steps of 1, 2 or 5 times a power of ten."""
    step = 1
    while count / step > _MOST_TICKS:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return range(0, count, step)
