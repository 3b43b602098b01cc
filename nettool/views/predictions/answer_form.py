"""How the numbers that an output gives are to be understood."""

from dataclasses import dataclass
from typing import Literal

from nettool.data.field import Field
from nettool.data.scale import AS_STORED, Scale
from nettool.graph.check.output_meaning import Meaning, OutputMeaning


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
