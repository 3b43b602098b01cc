"""What confusions say of each class: precision, recall, F1."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nettool.record.events.event_text import number_text
from nettool.record.files.observations import Observations, SeenClass, SeenClasses, SeenNumbers


@dataclass(frozen=True, slots=True)
class ClassMetrics:
    """Shares from 0 to 1; None where there is nothing to divide by. `support` are the samples of the class.

    `right` are those that were classified correctly. `mistaken_for` is the other
    class that its samples were most often taken for, with how often.
    """

    name: str
    precision: float | None
    recall: float | None
    f1: float | None
    support: int
    right: int
    mistaken_for: tuple[str, int] | None = None


def seen_by_class(seen: SeenClasses) -> tuple[SeenClass, ...]:
    """What was seen of each class of an output: as it was kept, or as the matrix says."""
    return seen.by_class or by_class(seen.matrix)


def by_class(matrix: Sequence[Sequence[int]]) -> tuple[SeenClass, ...]:
    """What a matrix says of each class. Rows are the true classes, columns the predicted ones."""
    predicted = [sum(column) for column in zip(*matrix, strict=True)]
    return tuple(_of_class(row, number, predicted[number]) for number, row in enumerate(matrix))


def class_metrics(every: Sequence[SeenClass], classes: Sequence[str]) -> tuple[ClassMetrics, ...]:
    """Of each class, in their order."""
    return tuple(_metrics(each, name, classes) for each, name in zip(every, classes, strict=True))


def average(metrics: Sequence[ClassMetrics]) -> ClassMetrics:
    """The mean over the classes, each counting alike, of what is known."""
    return ClassMetrics(
        "mean of the classes",
        _mean([each.precision for each in metrics]),
        _mean([each.recall for each in metrics]),
        _mean([each.f1 for each in metrics]),
        sum(each.support for each in metrics),
        sum(each.right for each in metrics),
    )


def _of_class(row: Sequence[int], number: int, predicted: int) -> SeenClass:
    others = [(count, other) for other, count in enumerate(row) if other != number and count]
    most, other = max(others, key=lambda each: each[0], default=(0, None))
    return SeenClass(sum(row), predicted, row[number], other, most)


def _metrics(seen: SeenClass, name: str, classes: Sequence[str]) -> ClassMetrics:
    return ClassMetrics(
        name,
        _share(seen.right, seen.predicted),
        _share(seen.right, seen.true),
        _share(2 * seen.right, seen.true + seen.predicted),
        seen.true,
        seen.right,
        None if seen.mistaken_for is None else (classes[seen.mistaken_for], seen.mistakes),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def no_better_than_nothing(seen: Observations) -> Iterator[str]:
    """A sentence for each output that is no better, by what it gave for the test set."""
    for classes in seen.classes:
        yield from _of_classes(classes)
    for numbers in seen.numbers:
        yield from _of_numbers(numbers)


def _of_classes(seen: SeenClasses) -> Iterator[str]:
    every = seen_by_class(seen)
    true, right = [each.true for each in every], sum(each.right for each in every)
    most, total = max(true, default=0), sum(true)
    if right <= most < total:
        commonest = seen.classes[true.index(most)]
        yield (
            f"`{seen.output}` is no better than always answering `{commonest}`: {right:,} of {total:,} test "
            f"samples are right, with that answer {most:,} would be."
        )


def _of_numbers(seen: SeenNumbers) -> Iterator[str]:
    error, deviation = seen.root_mean_square_error, seen.standard_deviation
    if error is not None and deviation and error >= deviation:
        yield (
            f"`{seen.name}` is no better than always answering the mean: its root mean square error is "
            f"{number_text(error)}, with that answer it would be {number_text(deviation)}."
        )
