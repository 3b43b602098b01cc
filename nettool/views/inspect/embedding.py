"""Samples as points, coloured by class."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nettool.views.charts.chart import ChartForm, blank_chart, chart_files
from nettool.views.charts.class_names import short_names
from nettool.views.inspect.class_labels import write_names
from nettool.views.inspect.projection import Projection
from nettool.views.style import CLASS_COLOURS, QUIET_INK, RULE, TRAINING, class_look

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH = 9.6
_LEAST_HEIGHT, _MOST_HEIGHT = 4.4, 7.0
_MARGINS = (2.2, 1.6)
"""Inches beside and above the points."""
_MOST_NAMED = 40
_ROWS_IN_LEGEND = 20
_LONGEST_IN_LEGEND = (24, 18)
"""Letters of a name, in a legend of one column and of two."""
_POINT = 15


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """A class that has a look of its own, and the points of its samples."""

    name: str
    points: NDArray[np.float64]
    colour: str
    mark: str

    @property
    def label(self) -> str:
        """Its name in the legend, with the number of its points."""
        # matplotlib leaves names that begin with an underscore out of a legend.
        return self.name.lstrip("_") or self.name.replace("_", "–")


def draw_embedding(
    projection: Projection,
    numbers: NDArray[np.int64] | None,
    classes: Sequence[str],
    title: str,
    subtitle: str = "",
    forms: Sequence[ChartForm] = ("svg", "png"),
) -> dict[ChartForm, bytes]:
    """A point for each sample; `numbers` are their classes' numbers, None where no class is known.

    Each class has a colour and a mark that no other has, and its name near its points, where there is room.
    Of more than 40 the 20 with the most samples have one, all others are grey. As file contents by form.
    """
    with blank_chart(_WIDTH, _height(projection.points), title) as chart:
        axes = chart.subplots()
        shown: list[_Shown] = []
        if numbers is None:
            _scatter(axes, projection.points, TRAINING, "o", "")
        else:
            shown = _draw_classes(axes, projection.points, numbers, classes)
        _name_axes(axes, projection)
        axes.set_title(subtitle, fontsize=10, fontweight="normal", color=QUIET_INK, parse_math=False)
        axes.grid(visible=projection.shares is not None, axis="both")
        axes.margins(0.08)
        axes.set_aspect("equal", adjustable="datalim")
        if shown:
            # Where the points come to stand is known once everything around them has its place.
            chart.draw_without_rendering()
            write_names(axes, [(each.name, each.points) for each in shown])
        return chart_files(chart, forms, f"{title}. {subtitle}".rstrip(". "))


def _height(points: NDArray[np.float64]) -> float:
    """Inches, for points that need the same unit on both axes."""
    across, down = np.ptp(points, axis=0)
    wanted = (_WIDTH - _MARGINS[0]) * float(down / across) if across else 0.0
    return min(max(wanted + _MARGINS[1], _LEAST_HEIGHT), _MOST_HEIGHT)


def _draw_classes(
    axes: "Axes", points: NDArray[np.float64], numbers: NDArray[np.int64], classes: Sequence[str]
) -> list[_Shown]:
    counts = np.bincount(numbers, minlength=len(classes))
    present = np.flatnonzero(counts)
    chosen = present
    if len(present) > _MOST_NAMED:
        chosen = np.sort(np.argsort(-counts, kind="stable")[: len(CLASS_COLOURS)])
        others = points[~np.isin(numbers, chosen)]
        left_out = len(present) - len(chosen)
        _scatter(axes, others, RULE, "o", f"{left_out:,} other classes ({len(others):,})")
    # A class keeps its look from picture to picture, as long as each of them can have one of its own.
    keeps = len(classes) <= _MOST_NAMED
    shown = [
        _Shown(classes[number], points[numbers == number], *class_look(number if keeps else place))
        for place, number in enumerate(chosen.tolist())
    ]
    columns = 1 if len(shown) <= _ROWS_IN_LEGEND + 1 else 2
    names = short_names([each.label for each in shown], _LONGEST_IN_LEGEND[columns - 1])
    for each, name in zip(shown, names, strict=True):
        _scatter(axes, each.points, each.colour, each.mark, f"{name} ({len(each.points):,})")
    legend = axes.figure.legend(
        loc="outside right upper",
        frameon=False,
        fontsize=10 - columns,
        markerscale=1.4,
        ncols=columns,
        handletextpad=0.3,
        columnspacing=1.0,
        title=f"the {len(shown)} most frequent of {len(present):,}" if chosen is not present else None,
    )
    for text in legend.get_texts():
        text.set_parse_math(False)
    return shown


def _scatter(axes: "Axes", points: NDArray[np.float64], colour: str, mark: str, label: str) -> None:
    axes.scatter(
        points[:, 0],
        points[:, 1],
        s=_POINT * (1.8 if mark == "*" else 1),
        c=colour,
        marker=mark,
        alpha=0.8,
        linewidths=0,
        label=label,
    )


def _name_axes(axes: "Axes", projection: Projection) -> None:
    if projection.shares is None:
        axes.set_xticklabels([])
        axes.set_yticklabels([])
        axes.set_xlabel("t-SNE: neighbours are alike; axes and distances of groups have no unit")
        return
    first, second = projection.shares
    axes.set_xlabel(f"first principal component ({first:.0%} of the variance)")
    axes.set_ylabel(f"second principal component ({second:.0%})")
