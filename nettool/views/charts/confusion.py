"""The confusion matrix of a classifier: the pairs of classes that occurred, counted, and its picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nettool.views.charts.chart import ChartForm, blank_chart, chart_files
from nettool.views.charts.class_names import short_names
from nettool.views.style import INK, PAPER, QUIET_INK, SEQUENTIAL

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_CLASSES = 1000
"""Of which a cell is still as large as a dot."""

_CLASSES_WITH_COUNTS = 20
_MOST_NAMES = 100
"""Along a side, to be read; of more classes every second is named, or every third, and so on."""

_LONGEST_NAME = 28
_DARK_FROM = 0.3
"""The share of a row from which on a cell is so dark that its count is written in white."""

_SHARES_SHOWN = (0, 0.01, 0.05, 0.2, 0.5, 1)


def draw_confusion(
    matrix: NDArray[np.int64],
    class_names: Sequence[str] = (),
    title: str = "",
    forms: Sequence[ChartForm] = ("svg", "png"),
) -> dict[ChartForm, bytes]:
    """The matrix as a picture, as file contents by form.

    Colour is the share of its row (of all samples of that class), by its square root, so that a few mistakes
    show beside many hits. Up to 20 classes the counts are written; mistakes that nobody made are left empty.
    Names are cut and left out as it needs to read them. Raises ValueError for more than `MOST_CLASSES`.
    """
    from matplotlib.colors import PowerNorm

    count = len(matrix)
    if count > MOST_CLASSES:
        raise ValueError(f"{count:,} classes are too many for a picture")
    names = class_names or [str(number) for number in range(count)]
    totals = matrix.sum(axis=1, keepdims=True)
    shares = matrix / np.maximum(totals, 1)
    side = min(max(4.2, 0.52 * count), 13.0)
    with blank_chart(side + 1.2, side, title) as chart:
        axes = chart.subplots()
        image = axes.imshow(shares, cmap=SEQUENTIAL, norm=PowerNorm(0.5, 0, 1), interpolation="nearest")
        _name_classes(axes, names)
        if count <= _CLASSES_WITH_COUNTS:
            _write_counts(axes, matrix, shares)
        bar = chart.colorbar(image, ax=axes, shrink=0.6, ticks=_SHARES_SHOWN, format="{x:.0%}")
        bar.set_label("share of the true class")
        bar.outline.set_visible(False)
        return chart_files(chart, forms)


def _name_classes(axes: "Axes", names: Sequence[str]) -> None:
    step = ceil(len(names) / _MOST_NAMES)
    places = range(0, len(names), step)
    shown = short_names([names[place] for place in places], _LONGEST_NAME)
    size = 10 if len(shown) <= _CLASSES_WITH_COUNTS else max(5.5, 10 * 30 / len(shown))
    upright = sum(map(len, shown)) > 3 * len(shown)
    axes.set_xticks(places, shown, rotation=90 if upright else 0, fontsize=size, parse_math=False)
    axes.set_yticks(places, shown, fontsize=size, parse_math=False)
    axes.set_xlabel("predicted")
    axes.set_ylabel("true")
    axes.grid(False)
    axes.spines[:].set_visible(False)


def _write_counts(axes: "Axes", matrix: NDArray[np.int64], shares: NDArray[np.float64]) -> None:
    size = 9 if matrix.max(initial=0) < 10_000 else 7
    for (row, column), count in np.ndenumerate(matrix):
        if row == column or count:
            colour = PAPER if shares[row, column] >= _DARK_FROM else INK if count else QUIET_INK
            axes.text(column, row, f"{count}", ha="center", va="center", color=colour, fontsize=size)


Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class ConfusionCounts:
    """A row for each pair that occurred: the `true` class, the `predicted` one, and how often.

    All are of (pairs,), sorted by the true and then by the predicted class; there are `size` classes.
    """

    true: Numbers
    predicted: Numbers
    counts: Numbers
    size: int

    @property
    def matrix(self) -> Numbers:
        """Counts of (size, size): rows are the true classes, columns the predicted ones."""
        counts = np.zeros((self.size, self.size), np.int64)
        counts[self.true, self.predicted] = self.counts
        return counts

    @property
    def mistakes(self) -> "ConfusionCounts":
        """The pairs of two different classes, the most frequent first."""
        wrong = np.flatnonzero(self.true != self.predicted)
        return self._take(wrong[np.argsort(-self.counts[wrong], kind="stable")])

    def first(self, most: int) -> "ConfusionCounts":
        """At most so many pairs."""
        return self._take(np.arange(min(most, len(self.counts))))

    def _take(self, rows: NDArray[np.intp]) -> "ConfusionCounts":
        return ConfusionCounts(self.true[rows], self.predicted[rows], self.counts[rows], self.size)


def count_confusions(true: ArrayLike, predicted: ArrayLike, size: int) -> ConfusionCounts:
    """Count class numbers of shape (samples,), in memory for the samples and not for the classes.

    Raises ValueError when their lengths differ or a number is not below `size`.
    """
    true_classes, predicted_classes = (
        np.asarray(each).ravel().astype(np.int64) for each in (true, predicted)
    )
    if len(true_classes) != len(predicted_classes):
        raise ValueError(f"{len(true_classes)} true classes, but {len(predicted_classes)} predicted ones")
    for classes in (true_classes, predicted_classes):
        if len(classes) and (classes.min() < 0 or classes.max() >= size):
            raise ValueError(f"class numbers must be from 0 to {size - 1}")
    cells, counts = np.unique(true_classes * size + predicted_classes, return_counts=True)
    return ConfusionCounts(cells // size, cells % size, counts.astype(np.int64), size)
