"""The confusion matrix of a classifier: which class was taken for which."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nettool.views.chart import ChartForm, blank_chart, chart_files
from nettool.views.style import INK, PAPER, QUIET_INK, SEQUENTIAL

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CLASSES_WITH_COUNTS = 20
_DARK_FROM = 0.3
"""The share of a row from which on a cell is so dark that its count is written in white."""

_SHARES_SHOWN = (0, 0.01, 0.05, 0.2, 0.5, 1)


def confusion_matrix(true: ArrayLike, predicted: ArrayLike, class_count: int) -> NDArray[np.int64]:
    """Counts of shape (class_count, class_count): rows are the true classes, columns the predicted ones.

    `true` and `predicted` are class numbers of shape (samples,). Raises ValueError when their lengths
    differ or a number is not below `class_count`.
    """
    true_classes, predicted_classes = np.asarray(true).ravel(), np.asarray(predicted).ravel()
    if len(true_classes) != len(predicted_classes):
        raise ValueError(f"{len(true_classes)} true classes, but {len(predicted_classes)} predicted ones")
    for classes in (true_classes, predicted_classes):
        if len(classes) and (classes.min() < 0 or classes.max() >= class_count):
            raise ValueError(f"class numbers must be from 0 to {class_count - 1}")
    cells = true_classes.astype(np.int64) * class_count + predicted_classes.astype(np.int64)
    return np.bincount(cells, minlength=class_count**2).reshape(class_count, class_count)


def draw_confusion(
    matrix: NDArray[np.int64],
    class_names: Sequence[str] = (),
    title: str = "",
    forms: Sequence[ChartForm] = ("svg", "png"),
) -> dict[ChartForm, bytes]:
    """The matrix as a picture, as file contents by form.

    Colour is the share of its row (of all samples of that class), by its square root, so that a few mistakes
    show beside many hits. Up to 20 classes the counts are written; mistakes that nobody made are left empty.
    """
    from matplotlib.colors import PowerNorm

    count = len(matrix)
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
    count = len(names)
    size = 10 if count <= _CLASSES_WITH_COUNTS else max(4.5, 10 * 30 / count)
    upright = sum(map(len, names)) > 3 * count
    axes.set_xticks(range(count), names, rotation=90 if upright else 0, fontsize=size, parse_math=False)
    axes.set_yticks(range(count), names, fontsize=size, parse_math=False)
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
