"""A sample and what the outputs answer for it, and who writes such answers down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from nettool.data.field import Field
from nettool.data.prediction.inputs import SampleName
from nettool.data.scale import AS_STORED, Scale
from nettool.graph.check.output_meaning import Meaning, OutputMeaning


@dataclass(frozen=True, slots=True)
class Prediction:
    """The answers are in the order of the outputs."""

    sample: SampleName
    answers: tuple[Answer, ...]


class Writing(Protocol):
    """A form of answers, written sample by sample so that any number of them can be."""

    def head(self) -> str:
        """What stands above all answers; empty for nothing. Lines end with a line end."""

    def line(self, prediction: Prediction) -> str:
        """The line (or lines) of a sample."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What can be known before the first answer: the outputs, the ranks shown, and the longest name."""

    forms: Sequence[AnswerForm]
    top: int
    longest_name: int


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


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """An output, and the field that is its target (None where there is none).

    `gives` says what is made of its numbers: the class of a sample, an image, or the numbers themselves, by
    `scale` again as they are stored. `meaning` is that of numbers for classes and of images' fractions;
    `is_yes_or_no` says that one number stands for the second of two classes.
    """

    output: str
    gives: Literal["class", "image", "numbers"]
    field: Field | None = None
    meaning: Meaning = "scores"
    is_yes_or_no: bool = False
    scale: Scale = AS_STORED

    @property
    def has_probabilities(self) -> bool:
        """Whether its numbers are probabilities, or become such."""
        return OutputMeaning(self.meaning).becomes_probabilities

    @property
    def threshold(self) -> float:
        """A lone number greater than this stands for the second class."""
        return OutputMeaning(self.meaning).threshold
