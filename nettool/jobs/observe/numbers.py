"""How near the numbers that an output predicts for the test set come to their targets."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.data.request import column_names
from nettool.data.transforms.samples import evenly_spaced
from nettool.graph.trainable_plan import TrainablePlan
from nettool.record.files.observations import SeenNumbers
from nettool.views.predictions.prediction import AnswerForm

_PAIRS_SHOWN = 300
_ONE_BY_ONE = 8
"""Numbers of an output that are shown one by one; more of them are shown together."""


def observe_numbers(
    plan: TrainablePlan, part: Part, form: AnswerForm, answers: NDArray[np.float32]
) -> Iterator[SeenNumbers]:
    """One for each number that the output gives, in the units of the data; `answers` are (samples, …).

    Only one number of all samples at a time is made wider than it is stored.
    """
    if form.field is None:
        return
    count = len(answers)
    targets = part.columns[form.field.name].array()[:count].reshape(count, -1)
    predictions = answers.reshape(count, -1)
    if targets.shape != predictions.shape:
        return
    by, shift = (
        np.broadcast_to(np.array(each), answers.shape[1:]).reshape(-1)
        for each in (form.scale.divisor, form.scale.shift)
    )
    width = predictions.shape[1]
    is_together = width > _ONE_BY_ONE
    # Sample by sample: so many values lie on the way from one pair that is shown to the next.
    shown = evenly_spaced(count * width, _PAIRS_SHOWN) if is_together else evenly_spaced(count, _PAIRS_SHOWN)
    found = []
    for number in range(width):
        rows = shown[shown % width == number] // width if is_together else shown
        one = targets[:, number].astype(np.float64)
        other = predictions[:, number].astype(np.float64) * by[number] + shift[number]
        found.append(_compared(one, other, rows))
    if is_together:
        yield _all_of(found).observed(form.output, form.output)
        return
    columns = column_names(plan.data).get(form.field.name, ())
    for number, each in enumerate(found):
        name = columns[number] if len(columns) == width else f"{form.output} {number + 1}"
        yield each.observed(form.output, form.output if width == 1 else name)


@dataclass(frozen=True, slots=True)
class _Compared:
    """Targets and predictions: means over the samples, and some (sample, target, prediction) to show."""

    samples: int
    absolute_error: float
    squared_error: float
    mean: float
    variance: float
    pairs: tuple[tuple[int, float, float], ...]

    def observed(self, output: str, name: str) -> SeenNumbers:
        return SeenNumbers(
            output,
            name,
            samples=self.samples,
            mean_absolute_error=self.absolute_error,
            root_mean_square_error=sqrt(self.squared_error),
            standard_deviation=sqrt(self.variance),
            pairs=tuple((_short(one), _short(other)) for _, one, other in self.pairs),
        )


def _compared(
    targets: NDArray[np.float64], predictions: NDArray[np.float64], rows: NDArray[np.int64]
) -> _Compared:
    errors = predictions - targets
    return _Compared(
        len(predictions),
        float(np.abs(errors).mean()),
        float((errors**2).mean()),
        float(targets.mean()),
        float(targets.var()),
        tuple(zip(rows.tolist(), targets[rows].tolist(), predictions[rows].tolist(), strict=True)),
    )


def _all_of(several: list[_Compared]) -> _Compared:
    """Those of all values as one; each has the same number of samples."""
    means = np.array([each.mean for each in several])
    return _Compared(
        sum(each.samples for each in several),
        float(np.mean([each.absolute_error for each in several])),
        float(np.mean([each.squared_error for each in several])),
        float(means.mean()),
        float(np.mean([each.variance for each in several]) + means.var()),
        tuple(sorted((pair for each in several for pair in each.pairs), key=lambda pair: pair[0])),
    )


def _short(value: float) -> float:
    """As exact as a picture can show it."""
    return float(f"{value:.6g}")
