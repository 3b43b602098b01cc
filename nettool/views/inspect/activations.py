"""What layers make of one sample: the sample on the left, a block for each layer beside it."""

from collections.abc import Sequence

from nettool.views.charts.chart import ChartForm
from nettool.views.inspect.layer_blocks import block_of
from nettool.views.inspect.layer_maps import Shown
from nettool.views.inspect.thumbnails import Face, draw_face
from nettool.views.inspect.tile_grid import HEAD, MARGIN, Box, blank_sheet, fitting
from nettool.views.style import QUIET_INK

_WIDTH = 12.6
_FACE = 1.7
_GAP = 0.4
_HEIGHT = 5.6
_LEAST_WIDTH = 6.4
_MOST_IN_A_ROW = 4
"""Layers side by side; further ones stand below."""


def draw_activations(
    layers: Sequence[Shown],
    face: Face,
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
    face_width = _FACE * max(len(face.images), 1)
    left = MARGIN + face_width + _GAP
    room = (_WIDTH - left - MARGIN - _GAP * (across - 1)) / across
    rows = [[block_of(each, room, _HEIGHT) for each in some] for some in _rows(layers, across)]
    heights = [max(block.height for block in row) for row in rows]
    lines = caption.split("\n")
    height = HEAD + max(sum(heights) + _GAP * (len(rows) - 1), _FACE + 0.3 + 0.18 * len(lines)) + 0.15
    widest = max(sum(block.width for block in row) + _GAP * (len(row) - 1) for row in rows)
    width = max(_LEAST_WIDTH, left + widest + MARGIN)
    with blank_sheet(width, height, title, subtitle) as sheet:
        draw_face(sheet, face, Box(MARGIN, HEAD, face_width, _FACE), "sample")
        for place, line in enumerate(lines):
            y = HEAD + _FACE + 0.16 + 0.18 * place
            sheet.words(line, MARGIN, y, size=fitting(line, face_width, 9), colour=QUIET_INK)
        y = HEAD - 0.06
        for row, row_height in zip(rows, heights, strict=True):
            x = left
            for block in row:
                block.draw(sheet, x, y)
                x += block.width + _GAP
            y += row_height + _GAP
        return sheet.files(forms)


def _rows(layers: Sequence[Shown], across: int) -> list[tuple[Shown, ...]]:
    return [tuple(layers[start : start + across]) for start in range(0, len(layers), across)]
