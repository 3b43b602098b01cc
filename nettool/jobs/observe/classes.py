"""What an output that gives a class predicts for the test set: all as counts, some sample by sample."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.data.request import column_names
from nettool.data.transforms.samples import evenly_spaced
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.observe.class_predictions import ClassPredictions, FirstClasses
from nettool.record.files.observations import MOST_IN_MATRIX, SeenClass, SeenClasses, SeenSample
from nettool.views.charts.confusion import ConfusionCounts
from nettool.views.charts.small_png import small_png
from nettool.views.inspect.thumbnails import thumbnails

_SAMPLES_SHOWN, _MISTAKES_SHOWN = 12, 12
_CONFUSED_KEPT = 20_000


def observe_classes(plan: TrainablePlan, part: Part, seen: ClassPredictions) -> SeenClasses:
    """`seen` has the predictions for the part.

    Samples and mistakes are left out where the output gives more than one class for a sample.
    """
    classes, counts, first = seen.classes, seen.confusions(part), seen.first
    found = SeenClasses(seen.form.output, classes, ())
    if len(classes) <= MOST_IN_MATRIX:
        found = replace(found, matrix=tuple(tuple(map(int, row)) for row in counts.matrix))
    else:
        mistakes = counts.mistakes.first(_CONFUSED_KEPT)
        confused = zip(mistakes.true, mistakes.predicted, mistakes.counts, strict=True)
        found = replace(
            found,
            by_class=_by_class(counts),
            confused=tuple((int(true), int(given), int(count)) for true, given, count in confused),
        )
    if first is None:
        return found
    right = seen.right(part)
    some, worst = evenly_spaced(len(right), _SAMPLES_SHOWN), _surest_mistakes(first, right)
    samples, mistaken = (_samples(plan, part, rows, first, right, classes) for rows in (some, worst))
    return replace(found, are_probabilities=seen.form.has_probabilities, samples=samples, mistakes=mistaken)


def _by_class(counts: ConfusionCounts) -> tuple[SeenClass, ...]:
    hits = counts.true == counts.predicted
    true, given, right = (
        np.bincount(numbers, weights, counts.size).astype(np.int64).tolist()
        for numbers, weights in (
            (counts.true, counts.counts),
            (counts.predicted, counts.counts),
            (counts.true[hits], counts.counts[hits]),
        )
    )
    most: dict[int, tuple[int, int]] = {}
    wrong = counts.mistakes
    for each, other, count in zip(
        wrong.true.tolist(), wrong.predicted.tolist(), wrong.counts.tolist(), strict=True
    ):
        most.setdefault(each, (other, count))
    return tuple(
        SeenClass(true[number], given[number], right[number], *most.get(number, (None, 0)))
        for number in range(counts.size)
    )


def _surest_mistakes(first: FirstClasses, right: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows of those that the network is surest of, the surest first; of equals the first in the data."""
    wrong = np.flatnonzero(first.numbers[:, 0] != right)
    order = np.argsort(-first.values[wrong, 0], kind="stable")[:_MISTAKES_SHOWN]
    return wrong[order].astype(np.int64)


def _samples(
    plan: TrainablePlan,
    part: Part,
    rows: NDArray[np.int64],
    first: FirstClasses,
    right: NDArray[np.int64],
    classes: tuple[str, ...],
) -> tuple[SeenSample, ...]:
    if not len(rows):
        return ()
    binding = plan.binding
    fields = [binding.field(name) for name in dict.fromkeys(each.field for each in binding.inputs)]
    looks = thumbnails(part.take(rows), fields, column_names(plan.data))
    return tuple(
        SeenSample(
            int(row),
            tuple(small_png(image) for image in thumbnail.images),
            "\n".join(thumbnail.lines),
            classes[right[row]],
            tuple(
                (classes[number], float(value))
                for number, value in zip(first.numbers[row], first.values[row], strict=True)
            ),
        )
        for row, thumbnail in zip(rows, looks, strict=True)
    )
