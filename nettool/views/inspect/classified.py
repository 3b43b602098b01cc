"""What an output that gives a class says of samples whose class is known, and where it is wrong."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.views.predictions.answer_form import AnswerForm
from nettool.views.predictions.understood import class_values


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A row for each sample: `numbers` are their places in the part of the data that they are from.

    `right` and `given` are class numbers of (samples,), `values` the probabilities (or the scores, where they
    are none) of (samples, classes).
    """

    output: str
    classes: tuple[str, ...]
    numbers: NDArray[np.int64]
    right: NDArray[np.int64]
    given: NDArray[np.int64]
    values: NDArray[np.float64]
    are_probabilities: bool

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def is_wrong(self) -> NDArray[np.bool_]:
        """Which samples are given another class than theirs."""
        wrong: NDArray[np.bool_] = self.right != self.given
        return wrong

    def take(self, rows: NDArray[np.integer]) -> "Judged":
        """Only these rows, in this order."""
        return replace(
            self,
            numbers=self.numbers[rows],
            right=self.right[rows],
            given=self.given[rows],
            values=self.values[rows],
        )


def judged(answers: NDArray[Any], form: AnswerForm, right: NDArray[Any]) -> Judged:
    """What an output of this form answered, (samples, …), beside the right class numbers, (samples,)."""
    if form.field is None or form.gives != "class":
        raise ValueError(f"`{form.output}` gives no class")
    values, given = class_values(answers, form)
    return Judged(
        form.output,
        form.field.classes,
        np.arange(len(given)),
        np.asarray(right).reshape(-1).astype(np.int64)[: len(given)],
        given,
        values,
        form.has_probabilities,
    )


def most_confident_mistakes(every: Judged, count: int) -> Judged:
    """The wrong ones that the network is surest of, the surest first; of equals the first in the data."""
    wrong = np.flatnonzero(every.is_wrong)
    sureness = every.values[wrong, every.given[wrong]]
    return every.take(wrong[np.argsort(-sureness, kind="stable")][:count])


def some_samples(every: Judged, count: int, seed: int) -> Judged:
    """Drawn evenly with the seed, in the order in which the data have them."""
    drawn = np.random.default_rng([seed, len(every)]).permutation(len(every))[:count]
    return every.take(np.sort(drawn))
