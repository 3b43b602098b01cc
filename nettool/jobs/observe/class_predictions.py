"""The predictions of an output that gives a class, kept batch by batch: its first classes alone."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.data.field import Field
from nettool.engine.evaluate.evaluation import given_classes
from nettool.views.charts.confusion import ConfusionCounts, count_confusions
from nettool.views.predictions.prediction import AnswerForm
from nettool.views.predictions.understood import certainty_at, class_values

_RANKS = 3


@dataclass(frozen=True, slots=True, eq=False)
class FirstClasses:
    """Of each sample the class numbers that come first, and what is said of each: both (samples, ranks).

    The first is the one that is given; values are probabilities, or scores.
    """

    numbers: NDArray[np.int64]
    values: NDArray[np.float64]


def first_classes(values: NDArray[Any], given: NDArray[np.int64], ranks: int) -> FirstClasses:
    """The given class, then those with the highest of the values (samples, classes); of equals the first."""
    rows = np.arange(len(values))
    left = values.copy()
    if not np.isfinite(left.min(initial=0)):
        # What is no number comes last, what has been taken never again.
        lowest = np.finfo(values.dtype).min
        np.nan_to_num(left, copy=False, nan=lowest, posinf=np.inf, neginf=lowest)
    numbers = np.empty((len(values), min(ranks, values.shape[1])), np.int64)
    for rank in range(numbers.shape[1]):
        numbers[:, rank] = left.argmax(axis=1) if rank else given
        left[rows, numbers[:, rank]] = -np.inf
    return FirstClasses(numbers, np.take_along_axis(values, numbers, axis=1))


@dataclass(slots=True)
class ClassPredictions:
    """Keeps the predictions of one output: 56 bytes for each sample, however many classes there are.

    An output that gives more than one class for a sample has no first classes.
    """

    form: AnswerForm
    target: Field
    threshold: float | None = None
    """Of a lone unit that says yes or no."""
    _given: list[NDArray[np.int64]] = field(default_factory=list)
    _first: list[FirstClasses] = field(default_factory=list)

    def add(self, answers: NDArray[np.float32]) -> None:
        """The answers to a batch, (samples, …)."""
        self._given.append(given_classes(answers, self.threshold))
        if self.form.gives == "class":
            self._first.append(self._first_of(answers))

    def _first_of(self, answers: NDArray[np.float32]) -> FirstClasses:
        if self.form.is_yes_or_no:
            return first_classes(*class_values(answers, self.form), _RANKS)
        # Logits come in the order of what they stand for; halves are widened, since NumPy knows few of them.
        flat = answers.reshape(len(answers), -1)
        flat = flat if flat.dtype == np.float32 else flat.astype(np.float64)
        found = first_classes(flat, flat.argmax(axis=1).astype(np.int64), _RANKS)
        return FirstClasses(found.numbers, certainty_at(found.values, flat, self.form))

    def right(self, part: Part) -> NDArray[np.int64]:
        """The right class numbers of the samples that were answered, one after the other."""
        stored = np.asarray(part.columns[self.target.name].array())[: sum(map(len, self._given))]
        return stored.reshape(-1).astype(np.int64)

    def confusions(self, part: Part) -> ConfusionCounts:
        """How often which class was given for which. Raises ValueError where a sample has several classes."""
        return count_confusions(self.right(part), np.concatenate(self._given), len(self.classes))

    @property
    def classes(self) -> tuple[str, ...]:
        """Those of the target, and a name for each further unit up to the last that was the highest."""
        known = self.target.classes
        units = max((int(each.max()) + 1 for each in self._given if each.size), default=0)
        return (*known, *(f"unit {number + 1}, no class" for number in range(len(known), units)))

    @property
    def first(self) -> FirstClasses | None:
        """The first classes of each sample."""
        if not self._first:
            return None
        numbers, values = zip(*((each.numbers, each.values) for each in self._first), strict=True)
        return FirstClasses(np.concatenate(numbers), np.concatenate(values))
