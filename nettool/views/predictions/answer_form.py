"""How the numbers that an output gives are to be understood."""

from dataclasses import dataclass
from typing import Literal

from nettool.data.field import Field
from nettool.data.scale import AS_STORED, Scale

Meaning = Literal["probabilities", "softmax logits", "sigmoid logits", "scores"]
"""Whether they are shares of certainty already, become so by softmax or sigmoid, or never do."""


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
