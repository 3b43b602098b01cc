"""What was seen of a run beside its metrics: samples, mistakes, errors, memory.

A report shows it; whoever draws one needs neither the network nor the data.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nettool.record.disk.atomic import write_text
from nettool.record.disk.json_form import json_text, written_as
from nettool.record.disk.typed_json import Count, later, read_typed
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory

Png = str
"""A PNG file in base64."""


@dataclass(frozen=True, slots=True)
class SeenSample:
    """A sample of the test set: the images that go in, and in words what else does.

    `number` is its place in the set, from 0. `ranked` are the classes that come first, each with its
    probability or score.
    """

    number: Count
    images: tuple[Png, ...]
    words: str
    target: str = field(metadata=written_as("wanted"))
    ranked: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class SeenClass:
    """How often a class was `true`, how often it was `predicted`, how often that was `right`.

    `mistaken_for` is the number of the other class that its samples were most often taken for, and
    `mistakes` how often.
    """

    true: Count
    predicted: Count = field(metadata=written_as("given"))
    right: Count
    mistaken_for: Count | None = later()
    mistakes: Count = later(0)


MOST_IN_MATRIX = 200
"""Classes; of more a matrix would hold little but zeros, by the million."""


@dataclass(frozen=True, slots=True)
class SeenClasses:
    """Of an output that gives a class.

    The rows of `matrix` are the true classes, its columns the predicted ones. Of more than `MOST_IN_MATRIX`
    classes there is no matrix: `by_class` has what it says of each of them, and `confused` the (true,
    predicted, how often) that were most often confused, the most frequent first.

    `samples` come from the whole length of the test set, `mistakes` are those it was most certain of.
    """

    output: str
    classes: tuple[str, ...]
    matrix: tuple[tuple[Count, ...], ...]
    are_probabilities: bool = False
    samples: tuple[SeenSample, ...] = ()
    mistakes: tuple[SeenSample, ...] = ()
    by_class: tuple[SeenClass, ...] = later(())
    confused: tuple[tuple[Count, Count, Count], ...] = later(())


@dataclass(frozen=True, slots=True)
class SeenNumbers:
    """Of one of the numbers that an output gives, in the units of the data.

    `standard_deviation` is that of the targets, which is the error of always predicting their mean;
    `pairs` are (target, prediction) of samples from the whole length of the test set.
    """

    output: str
    name: str
    samples: Count
    mean_absolute_error: float | None
    root_mean_square_error: float | None
    standard_deviation: float | None = field(metadata=written_as("spread"))
    pairs: tuple[tuple[float | None, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class SeenImages:
    """Of an output that should give an image back: (target, prediction)."""

    output: str
    pairs: tuple[tuple[Png, Png], ...]


@dataclass(frozen=True, slots=True)
class Observations:
    """`samples` are counts by set; `peak_memory` is the most that the process held, in bytes if known.

    `filters` is the convolution whose filters are in `plots/filters.svg`.
    """

    samples: Mapping[str, Count]
    peak_memory: Count | None = None
    classes: tuple[SeenClasses, ...] = ()
    numbers: tuple[SeenNumbers, ...] = ()
    images: tuple[SeenImages, ...] = ()
    filters: str | None = None


_LARGEST = 512_000_000
"""Bytes: a matrix of five thousand classes takes three hundred million."""


def observations_path(run: RunDirectory) -> Path:
    """Where they are."""
    return run.path / "observations.json"


def write_observations(run: RunDirectory, seen: Observations) -> None:
    """Keep them."""
    write_text(observations_path(run), json_text(seen))


def read_observations(run: RunDirectory) -> Observations | None:
    """What was seen; None when nothing was. Raises RunDamaged when the file holds something else."""
    path = observations_path(run)
    seen = read_typed(Observations, path, _LARGEST)
    for each in () if seen is None else seen.classes:
        _check_classes(path, each)
    return seen


def _check_classes(path: Path, seen: SeenClasses) -> None:
    """Raises RunDamaged unless there is a matrix of the classes, or something said of each of them."""
    count, matrix, by_class = len(seen.classes), seen.matrix, seen.by_class
    is_square = len(matrix) == count and all(len(row) == count for row in matrix)
    if not count or not (is_square or (not matrix and len(by_class) == count)):
        raise RunDamaged(path, f"the matrix of `{seen.output}` must have a row and a column for each class")
    if any(each.right > each.true for each in by_class):
        raise RunDamaged(path, f"of a class of `{seen.output}` more samples are right than there are")
    numbers = [number for true, predicted, _ in seen.confused for number in (true, predicted)]
    numbers += [each.mistaken_for for each in by_class if each.mistaken_for is not None]
    if max(numbers, default=0) >= count:
        raise RunDamaged(path, f"`{seen.output}` has {count} classes, and a mistake names another one")
