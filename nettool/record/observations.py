"""What was seen of a run beside its figures: samples, mistakes, errors, memory.

A report shows it; whoever draws one needs neither the network nor the data.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Png = str
"""A PNG file in base64."""


@dataclass(frozen=True, slots=True)
class SeenSample:
    """A sample of the test part: the images that go in, and in words what else does.

    `number` is its place in the part, from 0. `ranked` are the classes that come
    first, each with its probability or score.
    """

    number: int
    images: tuple[Png, ...]
    words: str
    wanted: str
    ranked: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class SeenClass:
    """How often a class was `true`, how often it was `given`, how often that was `right`.

    `mistaken_for` is the number of the other class that its samples were most often given, and `mistakes` how
    often.
    """

    true: int
    given: int
    right: int
    mistaken_for: int | None = None
    mistakes: int = 0


MOST_IN_MATRIX = 200
"""Classes; of more a matrix would hold little but zeros, by the million."""


@dataclass(frozen=True, slots=True)
class SeenClasses:
    """Of an output that gives a class. The rows of `matrix` are the true classes, its columns the given ones.

    Of more than `MOST_IN_MATRIX` classes there is no matrix: `by_class` has what it says of each of them, and
    `confused` the (true, given, how often) that were most often confused, the most frequent first.

    `samples` come from the whole length of the test part, `mistakes` are those it was most certain of.
    """

    output: str
    classes: tuple[str, ...]
    matrix: tuple[tuple[int, ...], ...]
    are_probabilities: bool = False
    samples: tuple[SeenSample, ...] = ()
    mistakes: tuple[SeenSample, ...] = ()
    by_class: tuple[SeenClass, ...] = ()
    confused: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SeenNumbers:
    """Of one of the numbers that an output gives, in the units of the data.

    `spread` is the standard deviation of the wanted values, which is the error of always saying their mean;
    `pairs` are (wanted, given) of samples from the whole length of the test part.
    """

    output: str
    name: str
    samples: int
    mean_absolute_error: float | None
    root_mean_square_error: float | None
    spread: float | None
    pairs: tuple[tuple[float | None, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class SeenImages:
    """Of an output that should give an image back: (wanted, given)."""

    output: str
    pairs: tuple[tuple[Png, Png], ...]


@dataclass(frozen=True, slots=True)
class Observations:
    """`samples` are counts by part; `peak_memory` is the most that the process held, in bytes if known.

    `filters` is the convolution whose filters are in `plots/filters.svg`.
    """

    samples: Mapping[str, int]
    peak_memory: int | None = None
    classes: tuple[SeenClasses, ...] = ()
    numbers: tuple[SeenNumbers, ...] = ()
    images: tuple[SeenImages, ...] = ()
    filters: str | None = None
