"""Numbers → colours, on scales that say what they show: zero is white, and both ends are written down."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nettool.views.inspect.tile_grid import Box, Pixels, TextStyle, TileGrid
from nettool.views.predictions.number_text import short
from nettool.views.style import DIVERGING, INK, QUIET_INK, SEQUENTIAL

Numbers = NDArray[Any]
Kind = Literal["diverging", "sequential", "colour", "brightness"]

_STEPS = 255
"""An odd number of colours: the middle one, and it alone, stands for zero."""

NOT_A_NUMBER = (255, 221, 0)
"""NaN and infinity are shown by a colour that no scale has."""


@dataclass(frozen=True, slots=True)
class ColourScale:
    """`diverging`: blue below zero, red above it, equally far to `limit`. `sequential`: white to blue.

    `colour`: red, green and blue from minus to plus `limit` about middle grey. `brightness`: 0 to 1 as an
    image has them.
    """

    kind: Kind
    limit: float = 1.0

    def pixels(self, values: Numbers) -> Pixels:
        """Colours of (height, width, 3) for values of (height, width), or of three channels for `colour`.

        Values beyond the ends get the colours of the ends.
        """
        finite = np.nan_to_num(values.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
        pixels = self._pixels(finite)
        lost = ~np.isfinite(values)
        pixels[lost.any(axis=-1) if values.ndim > 2 else lost] = NOT_A_NUMBER
        return pixels

    def _pixels(self, values: NDArray[np.float64]) -> Pixels:
        if self.kind == "brightness":
            return _grey_or_colour(_bytes(values))
        share = values / (self.limit or 1.0)
        if self.kind == "colour":
            return _bytes((share + 1) / 2)
        if self.kind == "sequential":
            return _colours(SEQUENTIAL)[_places(share)]
        return _colours(DIVERGING)[_places((share + 1) / 2)]


def signed(values: Numbers) -> ColourScale:
    """The scale, symmetric about zero, that all of these fit in."""
    return ColourScale("diverging", _largest(values))


def fitting_scale(values: Numbers) -> ColourScale:
    """A sequential scale where nothing is below zero, else one that is symmetric about it."""
    finite = values[np.isfinite(values)]
    is_signed = finite.size > 0 and float(finite.min()) < 0
    return ColourScale("diverging" if is_signed else "sequential", _largest(values))


def draw_scale(grid: TileGrid, scale: ColourScale, box: Box, name: str = "scale") -> None:
    """The colours from the lowest value, left, to the highest, right, and the numbers below them."""
    limit = scale.limit
    lowest = 0.0 if scale.kind in ("sequential", "brightness") else -limit
    row = np.linspace(lowest, limit, _STEPS)[np.newaxis]
    if scale.kind == "colour":
        row = np.repeat(row[:, :, np.newaxis], 3, axis=2)
    grid.tile(scale.pixels(row), box, name)
    below = box.y + box.height + 0.12
    for place, text in _ends(lowest, limit):
        across = {0.0: "left", 0.5: "center", 1.0: "right"}[place]
        colour = INK if text == "0" else QUIET_INK
        grid.words(text, box.x + place * box.width, below, TextStyle(size=8, across=across, colour=colour))


def _ends(lowest: float, limit: float) -> Iterator[tuple[float, str]]:
    yield 0.0, f"−{short(limit)}" if lowest < 0 else "0"
    if lowest < 0:
        yield 0.5, "0"
    yield 1.0, f"+{short(limit)}" if lowest < 0 else short(limit)


def _largest(values: Numbers) -> float:
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max()) if finite.size else 0.0


@lru_cache
def _colours(name: str) -> Pixels:
    from matplotlib import colormaps

    found: Pixels = np.rint(255 * colormaps[name](np.linspace(0, 1, _STEPS))[:, :3]).astype(np.uint8)
    if name == DIVERGING:
        found[_STEPS // 2] = 255
    return found


def _places(share: NDArray[np.float64]) -> NDArray[np.intp]:
    places: NDArray[np.intp] = np.rint(np.clip(share, 0, 1) * (_STEPS - 1)).astype(np.intp)
    return places


def _bytes(share: NDArray[np.float64]) -> Pixels:
    found: Pixels = np.rint(255 * np.clip(share, 0, 1)).astype(np.uint8)
    return found


def _grey_or_colour(brightness: Pixels) -> Pixels:
    """Three channels of images of any number: of one or two the first, of three or more the first three."""
    if brightness.ndim == 2:
        brightness = brightness[:, :, np.newaxis]
    return brightness[:, :, :3] if brightness.shape[2] >= 3 else np.repeat(brightness[:, :, :1], 3, axis=2)
