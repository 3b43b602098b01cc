"""The confusion matrix of a classifier: the pairs of classes that occurred, counted, and its picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nettool.views.charts.chart import ChartForm, blank_chart, chart_files
from nettool.views.charts.class_names import short_names
from nettool.views.style import INK, PAPER, QUIET_INK, SEQUENTIAL

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_WHOLE = 40
"""Classes of which the whole matrix is drawn; of more, those that are most often confused."""
_MOST_CONFUSED = 25
_CLASSES_WITH_COUNTS = 20
_LONGEST_NAME = 28
_DARK_FROM = 0.3
"""The share of a row from which on a cell is so dark that its count is written in white."""

_SHARES_SHOWN = (0, 0.01, 0.05, 0.2, 0.5, 1)
_OTHERS = "other classes"

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """What is drawn of a matrix: rows and columns with their names, and the samples of each row's class.

    `empty` is a cell about which nothing is said.
    """

    matrix: Numbers
    names: Sequence[str]
    totals: Numbers
    caption: str = ""
    empty: tuple[int, int] | None = None


def draw_confusion(
    counts: "ConfusionCounts",
    class_names: Sequence[str] = (),
    title: str = "",
    forms: Sequence[ChartForm] = ("svg", "png"),
) -> dict[ChartForm, bytes]:
    """The matrix as a picture, as file contents by form.

    Colour is the share of its row (of all samples of that class), by its square root, so that a few mistakes
    show beside many hits. Of few classes the counts are written; mistakes that nobody made are left empty. Of
    more than 40 classes the 25 that are most often confused are drawn, and all others together as one.
    """
    from matplotlib.colors import PowerNorm

    names = class_names or [str(number) for number in range(counts.size)]
    is_whole = counts.size <= _MOST_WHOLE
    drawn = _whole(counts, names) if is_whole else _part(counts, names)
    shares = drawn.matrix / np.maximum(drawn.totals[:, np.newaxis], 1)
    side = min(max(4.2, 0.52 * len(drawn.names)), 13.0)
    with blank_chart(side + 1.2, side, title) as chart:
        axes = chart.subplots()
        image = axes.imshow(shares, cmap=SEQUENTIAL, norm=PowerNorm(0.5, 0, 1), interpolation="nearest")
        _name_classes(axes, drawn.names)
        if counts.size <= _CLASSES_WITH_COUNTS or not is_whole:
            _write_counts(axes, drawn, shares)
        axes.set_title(drawn.caption, fontsize=10, fontweight="normal", color=QUIET_INK, parse_math=False)
        bar = chart.colorbar(image, ax=axes, shrink=0.6, ticks=_SHARES_SHOWN, format="{x:.0%}")
        bar.set_label("share of the true class")
        bar.outline.set_visible(False)
        return chart_files(chart, forms)


def _whole(counts: "ConfusionCounts", names: Sequence[str]) -> _Drawn:
    return _Drawn(counts.matrix, names, counts.matrix.sum(axis=1))


def _part(counts: "ConfusionCounts", names: Sequence[str]) -> _Drawn:
    """The classes that are most often confused, side by side, then all others as one."""
    chosen = counts.most_confused(_MOST_CONFUSED)
    places = np.full(counts.size, len(chosen))
    places[chosen] = np.arange(len(chosen))
    matrix = np.zeros((len(chosen) + 1, len(chosen) + 1), np.int64)
    np.add.at(matrix, (places[counts.true], places[counts.predicted]), counts.counts)
    totals = matrix.sum(axis=1)
    wrong = int(counts.mistakes.counts.sum())
    within = int(matrix[:-1, :-1].sum() - matrix.diagonal()[:-1].sum())
    matrix[-1, -1] = 0
    caption = (
        f"{len(chosen)} of {counts.size:,} classes: those most often confused with each other, "
        f"side by side.\n{within:,} of {wrong:,} mistakes are between them; the last row and column are the "
        f"{counts.size - len(chosen):,} others."
    )
    shown = [*(names[number] for number in chosen), _OTHERS]
    return _Drawn(matrix, shown, totals, caption, (len(chosen), len(chosen)))


def _name_classes(axes: "Axes", names: Sequence[str]) -> None:
    shown = short_names(names, _LONGEST_NAME)
    size = 10 if len(shown) <= _MOST_CONFUSED + 1 else 10 * 30 / len(shown)
    upright = sum(map(len, shown)) > 3 * len(shown)
    axes.set_xticks(range(len(shown)), shown, rotation=90 if upright else 0, fontsize=size, parse_math=False)
    axes.set_yticks(range(len(shown)), shown, fontsize=size, parse_math=False)
    axes.set_xlabel("predicted")
    axes.set_ylabel("true")
    axes.grid(False)
    axes.spines[:].set_visible(False)


def _write_counts(axes: "Axes", drawn: _Drawn, shares: NDArray[np.float64]) -> None:
    is_small = drawn.matrix.max(initial=0) >= 10_000 or len(drawn.names) > _CLASSES_WITH_COUNTS + 1
    for (row, column), count in np.ndenumerate(drawn.matrix):
        if (row == column or count) and (row, column) != drawn.empty:
            colour = PAPER if shares[row, column] >= _DARK_FROM else INK if count else QUIET_INK
            size = 7 if is_small else 9
            axes.text(column, row, f"{count}", ha="center", va="center", color=colour, fontsize=size)


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

    def most_confused(self, most: int) -> Numbers:
        """At most so many classes, of the pairs that are most often confused; such pairs are neighbours."""
        wrong = self.mistakes
        pairs, which = np.unique(np.sort([wrong.true, wrong.predicted], axis=0), axis=1, return_inverse=True)
        often = np.bincount(which.reshape(-1), wrong.counts, pairs.shape[1])
        by_pairs = pairs[:, np.argsort(-often, kind="stable")].T.reshape(-1)
        every = dict.fromkeys([*by_pairs.tolist(), *range(min(2 * most, self.size))])
        left = np.sort(list(every)[:most]).astype(np.int64)
        places = np.full(self.size, -1)
        places[left] = np.arange(len(left))
        between = np.zeros((len(left), len(left)))
        one, other = places[pairs]
        both = (one >= 0) & (other >= 0)
        between[one[both], other[both]] = between[other[both], one[both]] = often[both]
        return left[_neighbours(between)]

    def first(self, most: int) -> "ConfusionCounts":
        """At most so many pairs."""
        return self._take(np.arange(min(most, len(self.counts))))

    def _take(self, rows: NDArray[np.intp]) -> "ConfusionCounts":
        return ConfusionCounts(self.true[rows], self.predicted[rows], self.counts[rows], self.size)


def _neighbours(between: NDArray[np.float64]) -> list[int]:
    """An order of the rows in which those with large numbers between them stand side by side."""
    if not len(between):
        return []
    first, second = divmod(int(between.argmax()), len(between))
    order = [first] if first == second else [first, second]
    left = [row for row in range(len(between)) if row not in order]
    while left:
        before, after = between[order[0], left], between[order[-1], left]
        at_end = after.max() >= before.max()
        order.insert(len(order) if at_end else 0, left.pop(int((after if at_end else before).argmax())))
    return order


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
