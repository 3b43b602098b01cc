"""The rule of scale: how large the box of a shape is drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log2, sqrt

from nettool.layers.outcome import Shape

SCALE_WORDS = (
    "Sizes are not to scale: square root of height and width, logarithm of channels and of vectors (bars)."
)
_HIGHEST = 88.0
_MOST_PER_ROOT = 18.0
"""Points for each unit of the square root, so that small maps are not drawn as large as large ones."""
_LEAST = 6.0
_SLANT = 0.3
"""Points to the right, and as many up, for each point of a map's width: an oblique projection."""
_FLAT = 4.0
_BAR_WIDTH = 9.0
_UNKNOWN = 36.0


@dataclass(frozen=True, slots=True)
class BoxSize:
    """The front of a box, `width` by `height` points, and how far its back lies to the right and above.

    `is_sure` is False where a length is only known when data come.
    """

    width: float
    height: float
    slant: float
    is_sure: bool = True


def points_per_root(shapes: Iterable[Shape | None]) -> float:
    """The scale of a picture of these shapes: points for each unit of the square root of a length."""
    lengths = [length for shape in shapes if shape is not None for length in _places(shape) if length]
    return min(_MOST_PER_ROOT, _HIGHEST / sqrt(max(lengths, default=1)))


def box_size(shape: Shape | None, scale: float) -> BoxSize:
    """The size of a shape without its batch axis.

    One axis is a bar, two (steps, channels) are flat, three (height, width, channels) are a box; of more axes
    the last three are drawn.
    """
    if shape is None:
        return BoxSize(_UNKNOWN / 2, _UNKNOWN, _UNKNOWN * _SLANT, is_sure=False)
    is_sure = None not in shape
    if len(shape) < 2:
        numbers = shape[0] if shape else 1
        height = _UNKNOWN if numbers is None else min(_HIGHEST, 7 * log2(1 + max(numbers, 1)))
        return BoxSize(_BAR_WIDTH, height, _FLAT, is_sure)
    channels = shape[-1]
    width = _UNKNOWN / 2 if channels is None else 3 + 4 * log2(1 + max(channels, 1))
    sides = [_UNKNOWN if length is None else max(_LEAST, scale * sqrt(length)) for length in _places(shape)]
    if len(sides) == 1:
        return BoxSize(width, sides[0], _FLAT, is_sure)
    return BoxSize(width, sides[0], min(sides[0], max(_FLAT, sides[1] * _SLANT)), is_sure)


def _places(shape: Shape) -> Shape:
    """The axes in space or time, of which the last two are drawn."""
    return shape[:-1][-2:]
