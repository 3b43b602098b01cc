"""What a confusion matrix says of each class: precision, recall, F1."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Shares from 0 to 1; None where there is nothing to divide by. `support` are the samples of the class.

    `mistaken_for` is the other class that its samples were most often given, with how often.
    """

    name: str
    precision: float | None
    recall: float | None
    f1: float | None
    support: int
    mistaken_for: tuple[str, int] | None = None


def class_figures(matrix: Sequence[Sequence[int]], classes: Sequence[str]) -> tuple[ClassFigures, ...]:
    """Of each class, in their order. Rows are the true classes, columns the given ones."""
    return tuple(_figures(matrix, classes, number) for number in range(len(classes)))


def average(figures: Sequence[ClassFigures]) -> ClassFigures:
    """The mean over the classes, each counting alike, of what is known."""
    return ClassFigures(
        "mean of the classes",
        _mean([each.precision for each in figures]),
        _mean([each.recall for each in figures]),
        _mean([each.f1 for each in figures]),
        sum(each.support for each in figures),
    )


def _figures(matrix: Sequence[Sequence[int]], classes: Sequence[str], number: int) -> ClassFigures:
    right = matrix[number][number]
    support, given = sum(matrix[number]), sum(row[number] for row in matrix)
    others = [(count, other) for other, count in enumerate(matrix[number]) if other != number and count]
    most, other = max(others, key=lambda each: each[0], default=(0, number))
    return ClassFigures(
        classes[number],
        _share(right, given),
        _share(right, support),
        _share(2 * right, support + given),
        support,
        (classes[other], most) if most else None,
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
