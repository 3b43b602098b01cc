"""A sample and what the outputs answer for it, and who writes such answers down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nettool.data.prediction.inputs import SampleName
from nettool.views.predictions.answer import Answer
from nettool.views.predictions.answer_form import AnswerForm


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
