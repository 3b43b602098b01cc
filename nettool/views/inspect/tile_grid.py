"""A picture laid out by hand, in inches from its upper left corner: hundreds of small tiles at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nettool.views.charts.chart import ChartForm, blank_chart, chart_files
from nettool.views.style import INK, QUIET_INK, RULE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Pixels = NDArray[np.uint8]
"""Colours of (height, width, 3)."""

MARGIN = 0.28
_TITLE_POINTS = 15
_SUBTITLE_POINTS = 10
HEAD = 0.95
"""Inches that the title and the line below it take."""

POINTS_PER_INCH = 72
_LETTER_PER_POINT = 0.0089
"""How wide a letter of DejaVu Sans is on average, in inches for each point of its size."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a grid, in inches; y grows downwards."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How words are written, `size` in points.

    `across` and `down` say which point of the words their place is: `left`, `center` or `right`; `top`,
    `center` or `bottom`.
    """

    size: float = 9
    colour: str = INK
    across: str = "left"
    down: str = "center"
    is_bold: bool = False
    is_upright: bool = False


PLAIN = TextStyle()


@dataclass(frozen=True, slots=True, eq=False)
class TileGrid:
    """A figure with one pair of axes whose unit is the inch."""

    chart: "Figure"
    axes: "Axes"
    title: str
    frames: list[Box]

    def tile(self, pixels: Pixels, box: Box, name: str) -> None:
        """An image with a thin frame; `name` is its id in an SVG document."""
        from matplotlib.image import AxesImage

        image = AxesImage(
            self.axes,
            extent=(box.x, box.x + box.width, box.y + box.height, box.y),
            interpolation="none",
            origin="upper",
            gid=name,
        )
        image.set_data(pixels)
        self.axes.add_image(image)
        self.frames.append(box)

    def frame(self, box: Box, colour: str, line: float) -> None:
        """The outline of a box, above all tiles."""
        from matplotlib.collections import LineCollection

        outline = LineCollection([_corners(box)], colors=colour, linewidths=line, zorder=4)
        self.axes.add_collection(outline, autolim=False)

    def fill(self, box: Box, colour: str) -> None:
        """A box of one colour."""
        from matplotlib.patches import Rectangle

        self.axes.add_patch(
            Rectangle((box.x, box.y), box.width, box.height, facecolor=colour, edgecolor="none")
        )

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str = RULE) -> None:
        """A thin straight line."""
        self.axes.plot([start[0], end[0]], [start[1], end[1]], color=colour, linewidth=0.8)

    def words(self, text: str, x: float, y: float, style: TextStyle = PLAIN) -> None:
        """Text at a point."""
        self.axes.text(
            x,
            y,
            text,
            fontsize=style.size,
            color=style.colour,
            ha=style.across,
            va=style.down,
            fontweight="bold" if style.is_bold else "normal",
            rotation=90 if style.is_upright else 0,
            parse_math=False,
        )

    def files(self, forms: Sequence[ChartForm]) -> dict[ChartForm, bytes]:
        """The grid as file contents by form."""
        self._draw_frames()
        return chart_files(self.chart, forms, self.title)

    def _draw_frames(self) -> None:
        """All of them at once: one by one they would take longer than the tiles."""
        from matplotlib.collections import LineCollection

        outlines = [_corners(box) for box in self.frames]
        self.axes.add_collection(LineCollection(outlines, colors=RULE, linewidths=0.6), autolim=False)


@contextmanager
def blank_grid(width: float, height: float, title: str, subtitle: str = "") -> Iterator[TileGrid]:
    """A grid of so many inches, with its title; what is drawn below it begins at `HEAD`.

    A title too long for the grid is set smaller.
    """
    from matplotlib import rc_context

    with rc_context({"image.composite_image": False}), blank_chart(width, height) as chart:
        chart.set_layout_engine("none")
        axes = chart.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        grid = TileGrid(chart, axes, f"{title}. {subtitle}".rstrip(". "), [])
        room = width - 2 * MARGIN
        # Bold letters are wider than others.
        grid.words(
            title, MARGIN, 0.36, TextStyle(size=fitting(title, room / 1.15, _TITLE_POINTS), is_bold=True)
        )
        size = fitting(subtitle, room, _SUBTITLE_POINTS)
        grid.words(subtitle, MARGIN, 0.66, TextStyle(size=size, colour=QUIET_INK))
        yield grid


def _corners(box: Box) -> list[tuple[float, float]]:
    right, bottom = box.x + box.width, box.y + box.height
    return [(box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom), (box.x, box.y)]


def inches_of(text: str, points: float) -> float:
    """About how wide the longest line of a text is."""
    return _LETTER_PER_POINT * points * max((len(line) for line in text.split("\n")), default=0)


def fitting(text: str, inches: float, points: float, least: float = 5) -> float:
    """The size of type, at most `points`, in which the text is not wider than so many inches."""
    return max(least, min(points, inches / (inches_of(text, 1) or 1)))
