"""What an output answers for one sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Ranked:
    """A class, and its probability (0 to 1) or score."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class ClassAnswer:
    """The classes that come first, the best of them the answer."""

    ranked: tuple[Ranked, ...]
    are_probabilities: bool


@dataclass(frozen=True, slots=True, eq=False)
class NumbersAnswer:
    """Numbers in the units of the data."""

    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ImageAnswer:
    """An image, uint8 of (height, width, 1 or 3); `path` is the file that holds it, if one does."""

    pixels: NDArray[np.uint8]
    path: str | None = None


Answer = ClassAnswer | NumbersAnswer | ImageAnswer
