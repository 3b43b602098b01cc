"""Whether a network does better than one that looks at nothing: always the commonest class, or the mean."""

from collections.abc import Iterator

from nettool.record.event_text import figure_text
from nettool.record.observations import Observations, SeenClasses, SeenNumbers
from nettool.views.report.class_figures import seen_by_class


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
    error, spread = seen.root_mean_square_error, seen.spread
    if error is not None and spread and error >= spread:
        yield (
            f"`{seen.name}` is no better than always answering the mean: its root mean square error is "
            f"{figure_text(error)}, with that answer it would be {figure_text(spread)}."
        )
