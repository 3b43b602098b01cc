"""A drawing as PNG or PDF, painted by matplotlib."""

from typing import TYPE_CHECKING

from nettool.views.charts.chart import ChartForm, blank_chart, chart_files
from nettool.views.diagram.draw_dot import TooLargeForPixels
from nettool.views.style import QUIET_INK
from nettool.views.volumes.as_svg import DASHES, LINE_WIDTH, THICK, arrow_head
from nettool.views.volumes.drawing import Circle, Drawing, Face, Line, Mark, Point

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_POINTS_PER_INCH = 72
_LONGEST = 14_000.0
"""Points along a side of a PNG: some 32,000 pixels, the most that other pictures of nettool have."""
_LARGEST = 2e7
"""Square points of a PNG: a hundred million pixels."""


def as_pixels(drawing: Drawing, form: ChartForm, title: str) -> bytes:
    """The file, with its title. Raises TooLargeForPixels for a PNG that is too large to be made."""
    if form == "png" and (
        max(drawing.width, drawing.height) > _LONGEST or drawing.width * drawing.height > _LARGEST
    ):
        raise TooLargeForPixels("the picture is too large for a PNG")
    with blank_chart(drawing.width / _POINTS_PER_INCH, drawing.height / _POINTS_PER_INCH) as chart:
        chart.set_layout_engine("none")
        axes = chart.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, drawing.width), ylim=(drawing.height, 0))
        axes.axis("off")
        for number, mark in enumerate(drawing.marks):
            _paint(axes, mark, number)
        return chart_files(chart, (form,), title)[form]


def _paint(axes: "Axes", mark: Mark, order: int) -> None:
    from matplotlib import patches

    if isinstance(mark, Face):
        axes.add_patch(
            patches.Polygon(
                mark.points,
                facecolor=mark.fill,
                edgecolor=mark.edge,
                linewidth=THICK if mark.thick else LINE_WIDTH,
                linestyle=(0, DASHES) if mark.dashed else "solid",
                joinstyle="round",
                zorder=order,
            )
        )
    elif isinstance(mark, Line):
        xs, ys = zip(*mark.points, strict=True)
        axes.plot(xs, ys, color=mark.colour, linewidth=LINE_WIDTH, zorder=order)
        if mark.arrow:
            head: tuple[Point, ...] = arrow_head(mark.points[-1], mark.points[-2])
            axes.add_patch(patches.Polygon(head, color=QUIET_INK, linewidth=0, zorder=order))
    elif isinstance(mark, Circle):
        circle = patches.Circle(mark.centre, mark.radius, zorder=order)
        circle.set(facecolor=mark.fill, edgecolor=mark.edge, linewidth=LINE_WIDTH)
        axes.add_patch(circle)
    else:
        axes.text(
            *mark.place,
            mark.text,
            fontsize=mark.size,
            color=mark.colour,
            fontweight="bold" if mark.bold else "normal",
            ha="center" if mark.anchor == "middle" else "left",
            va="baseline",
            parse_math=False,
            zorder=order,
        )
