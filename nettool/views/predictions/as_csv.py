"""Predictions as CSV: a header, and a row for each sample."""

import csv
import io
from collections.abc import Iterator, Mapping
from math import prod

from nettool.layers.outcome import Shape
from nettool.views.predictions.number_text import exact
from nettool.views.predictions.prediction import (
    Answer,
    Answered,
    AnswerForm,
    ClassAnswer,
    ImageAnswer,
    Prediction,
)


class AsCsv:
    """`file`, `sample`, and the columns of each output; of several outputs each begins with its name.

    `class`, `probability`, `class_2`, `probability_2` …; `score` where they are no probabilities; numbers
    under the output's name, counted from 1 where they are several (in one cell where every sample may
    have another count of them); pictures as the files that hold them.
    """

    def __init__(self, answered: Answered, sizes: Mapping[str, Shape]) -> None:
        """`sizes` is the shape of a sample's numbers, by output."""
        self._answered = answered
        self._sizes = sizes

    def head(self) -> str:
        """The names of the columns."""
        columns = (name for form in self._answered.forms for name in self._columns(form))
        return _row(["file", "sample", *columns])

    def line(self, prediction: Prediction) -> str:
        """A row."""
        number = prediction.sample.number
        answers = zip(self._answered.forms, prediction.answers, strict=True)
        cells = (cell for form, answer in answers for cell in self._cells(form, answer))
        return _row([prediction.sample.file, "" if number is None else number, *cells])

    def _columns(self, form: AnswerForm) -> Iterator[str]:
        start = f"{form.output}." if len(self._answered.forms) > 1 else ""
        if form.gives == "class" and form.field is not None:
            value = "probability" if form.has_probabilities else "score"
            ranks = min(self._answered.top, len(form.field.classes))
            ranks = 1 if form.is_yes_or_no and not form.has_probabilities else ranks
            for rank in range(1, ranks + 1):
                ending = "" if rank == 1 else f"_{rank}"
                yield from (f"{start}class{ending}", f"{start}{value}{ending}")
        elif form.gives == "image":
            yield f"{start}picture"
        else:
            count = self._count(form)
            endings = [f"_{number}" for number in range(1, count + 1)] if count > 1 else [""]
            yield from (f"{form.output}{ending}" for ending in endings)

    def _cells(self, form: AnswerForm, answer: Answer) -> Iterator[object]:
        if isinstance(answer, ClassAnswer):
            for each in answer.ranked:
                yield from (each.name, exact(each.value))
        elif isinstance(answer, ImageAnswer):
            yield answer.path or ""
        else:
            numbers = [exact(value) for value in answer.values.reshape(-1).tolist()]
            yield from numbers if self._count(form) == len(numbers) else [" ".join(map(str, numbers))]

    def _count(self, form: AnswerForm) -> int:
        """How many numbers each sample has; 0 where that differs: they then stand in one cell."""
        return prod(length or 0 for length in self._sizes[form.output])


def _row(cells: list[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
