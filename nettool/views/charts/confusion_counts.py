"""How often which class was given for which, whatever their number: only pairs that occurred are counted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class ConfusionCounts:
    """A row for each pair that occurred: the `true` class, the class `given` for it, and how often.

    All are of (pairs,), sorted by the true and then by the given class; there are `size` classes.
    """

    true: Numbers
    given: Numbers
    counts: Numbers
    size: int

    @property
    def matrix(self) -> Numbers:
        """Counts of (size, size): rows are the true classes, columns the given ones."""
        counts = np.zeros((self.size, self.size), np.int64)
        counts[self.true, self.given] = self.counts
        return counts

    @property
    def mistakes(self) -> "ConfusionCounts":
        """The pairs of two different classes, the most frequent first."""
        wrong = np.flatnonzero(self.true != self.given)
        return self._take(wrong[np.argsort(-self.counts[wrong], kind="stable")])

    def first(self, most: int) -> "ConfusionCounts":
        """At most so many pairs."""
        return self._take(np.arange(min(most, len(self.counts))))

    def _take(self, rows: NDArray[np.intp]) -> "ConfusionCounts":
        return ConfusionCounts(self.true[rows], self.given[rows], self.counts[rows], self.size)


def count_confusions(true: ArrayLike, given: ArrayLike, size: int) -> ConfusionCounts:
    """Count class numbers of shape (samples,), in memory for the samples and not for the classes.

    Raises ValueError when their lengths differ or a number is not below `size`.
    """
    true_classes, given_classes = (np.asarray(each).ravel().astype(np.int64) for each in (true, given))
    if len(true_classes) != len(given_classes):
        raise ValueError(f"{len(true_classes)} true classes, but {len(given_classes)} predicted ones")
    for classes in (true_classes, given_classes):
        if len(classes) and (classes.min() < 0 or classes.max() >= size):
            raise ValueError(f"class numbers must be from 0 to {size - 1}")
    cells, counts = np.unique(true_classes * size + given_classes, return_counts=True)
    return ConfusionCounts(cells // size, cells % size, counts.astype(np.int64), size)
