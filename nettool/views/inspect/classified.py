"""What an output that gives a class says of samples whose class is known, and where it is wrong."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.views.predictions.prediction import AnswerForm
from nettool.views.predictions.understood import class_values


@dataclass(frozen=True, slots=True, eq=False)
class Classified:
    """A row for each sample: `numbers` are their places in the part of the data that they are from.

    `true` and `predicted` are class numbers of (samples,), `values` the probabilities (or the scores, where
    they are none) of (samples, classes).
    """

    output: str
    classes: tuple[str, ...]
    numbers: NDArray[np.int64]
    true: NDArray[np.int64]
    predicted: NDArray[np.int64]
    values: NDArray[np.float64]
    are_probabilities: bool

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def is_wrong(self) -> NDArray[np.bool_]:
        """Which samples are predicted to be of another class than theirs."""
        wrong: NDArray[np.bool_] = self.true != self.predicted
        return wrong

    def take(self, rows: NDArray[np.integer]) -> "Classified":
        """Only these rows, in this order."""
        return replace(
            self,
            numbers=self.numbers[rows],
            true=self.true[rows],
            predicted=self.predicted[rows],
            values=self.values[rows],
        )


def classified(answers: NDArray[Any], form: AnswerForm, true: NDArray[Any]) -> Classified:
    """What an output of this form answered, (samples, …), beside the true class numbers, (samples,)."""
    if form.field is None or form.gives != "class":
        raise ValueError(f"`{form.output}` gives no class")
    values, predicted = class_values(answers, form)
    return Classified(
        output=form.output,
        classes=form.field.classes,
        numbers=np.arange(len(predicted)),
        true=np.asarray(true).reshape(-1).astype(np.int64)[: len(predicted)],
        predicted=predicted,
        values=values,
        are_probabilities=form.has_probabilities,
    )


def most_confident_mistakes(every: Classified, count: int) -> Classified:
    """The wrong ones that the network is surest of, the surest first; of equals the first in the data."""
    wrong = np.flatnonzero(every.is_wrong)
    sureness = every.values[wrong, every.predicted[wrong]]
    return every.take(wrong[np.argsort(-sureness, kind="stable")][:count])


def some_samples(every: Classified, count: int, seed: int) -> Classified:
    """Drawn evenly with the seed, in the order in which the data have them."""
    drawn = np.random.default_rng([seed, len(every)]).permutation(len(every))[:count]
    return every.take(np.sort(drawn))
