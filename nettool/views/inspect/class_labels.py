"""Names of classes among their points, where there is room for them."""

from collections.abc import Sequence
from math import hypot
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nettool.views.charts.class_names import short_names
from nettool.views.inspect.tile_grid import Box, inches_of
from nettool.views.style import INK, PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LONGEST = 16
"""Letters of a name among the points."""
_FEW = 12
"""Classes whose names are written large."""
_BOLD = 1.12
"""How much wider bold letters are."""
_CLOSE, _ABOVE_POINTS = 0.6, 0.24
"""Inches: a group of points that is smaller, and how far its name is above its middle."""
_AROUND = sorted(
    ((0.1 * across, 0.1 * up) for across in range(-5, 6) for up in range(-5, 6)),
    key=lambda place: (hypot(*place), place),
)
"""Where a name may be instead, the nearest places first: inches from where it should be."""


def write_names(axes: "Axes", groups: Sequence[tuple[str, NDArray[np.float64]]]) -> None:
    """The names of groups of points near their middle, none over another; those without room are left out."""
    size = 13 if len(groups) <= _FEW else 10
    room = np.array(axes.bbox.size) / axes.figure.dpi
    taken: list[Box] = []
    names = short_names([name for name, _ in groups], _LONGEST)
    for (_, points), name in sorted(zip(groups, names, strict=True), key=lambda one: -len(one[0][1])):
        inches = axes.transAxes.inverted().transform(axes.transData.transform(points)) * room
        box = _free_box(inches, inches_of(name, size) * _BOLD, size / 72 * 1.3, taken, room)
        if box is None:
            continue
        taken.append(box)
        text = axes.annotate(
            name,
            ((box.x + box.width / 2) / room[0], (box.y + box.height / 2) / room[1]),
            xycoords="axes fraction",
            ha="center",
            va="center",
            fontsize=size,
            fontweight="bold",
            color=INK,
            parse_math=False,
            bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.7, "pad": 1.2},
        )
        text.set_in_layout(False)


def _free_box(
    points: NDArray[np.float64], width: float, height: float, taken: Sequence[Box], room: NDArray[np.float64]
) -> Box | None:
    """The place nearest to the middle of the points where nothing stands yet, in inches within the axes.

    Above the middle where the points lie so close that the name would hide them. None where all is taken.
    """
    x, y = np.median(points, axis=0)
    low, high = np.percentile(points, (10, 90), axis=0)
    if float((high - low).max()) < _CLOSE:
        y += _ABOVE_POINTS
    for across, up in _AROUND:
        box = Box(float(x) + across - width / 2, float(y) + up - height / 2, width, height)
        is_within = 0 <= box.x <= room[0] - width and 0 <= box.y <= room[1] - height
        if is_within and not any(_overlap(box, other) for other in taken):
            return box
    return None


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    return across > 0 and min(one.y + one.height, other.y + other.height) > max(one.y, other.y)
