"""The predictions for the test set, kept while it is measured: pictures and report are made of them."""

from dataclasses import dataclass, field
from math import prod

import numpy as np
from numpy.typing import NDArray

from nettool.data.prediction.preparation import Preparation
from nettool.engine.evaluate.evaluation import classifying_outputs, thresholds
from nettool.engine.evaluate.measurement import Seeing
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.observe.class_predictions import ClassPredictions
from nettool.jobs.predict.answer_forms import answer_forms
from nettool.layers.outcome import Shape
from nettool.views.predictions.prediction import AnswerForm

_MOST_NUMBERS = 64
"""Of an output whose answers are all kept."""


@dataclass(slots=True)
class NumberPredictions:
    """Keeps the answers of an output that gives a few numbers."""

    form: AnswerForm
    _answers: list[NDArray[np.float32]] = field(default_factory=list)

    def add(self, answers: NDArray[np.float32]) -> None:
        """The answers to a batch, (samples, …)."""
        self._answers.append(answers)

    @property
    def answers(self) -> NDArray[np.float32]:
        """All of them."""
        return np.concatenate(self._answers)


@dataclass(frozen=True, slots=True)
class KeptPredictions:
    """The outputs that give classes, and those that give few numbers, in their order.

    `failed` has, by output, why no more of it was seen.
    """

    classes: tuple[ClassPredictions, ...]
    numbers: tuple[NumberPredictions, ...]
    failed: dict[str, Exception] = field(default_factory=dict)

    @property
    def seeing(self) -> dict[str, Seeing]:
        """Whom the answers are to be shown, by output; what goes wrong there does not harm the measuring."""
        every: tuple[ClassPredictions | NumberPredictions, ...] = (*self.classes, *self.numbers)
        return {each.form.output: self._careful(each) for each in every}

    @property
    def without_failed(self) -> "KeptPredictions":
        """Only the outputs of which all was seen."""
        return KeptPredictions(
            tuple(each for each in self.classes if each.form.output not in self.failed),
            tuple(each for each in self.numbers if each.form.output not in self.failed),
        )

    def _careful(self, seen: ClassPredictions | NumberPredictions) -> Seeing:
        def see(answers: NDArray[np.float32]) -> None:
            if seen.form.output in self.failed:
                return
            try:
                seen.add(answers)
            except Exception as error:
                self.failed[seen.form.output] = error

        return see


def no_predictions(plan: TrainablePlan, preparation: Preparation) -> KeptPredictions:
    """Before the first batch."""
    classes, nodes, lone = classifying_outputs(plan), plan.graph.by_name, thresholds(plan)
    forms = answer_forms(plan, preparation)
    return KeptPredictions(
        tuple(
            ClassPredictions(form, classes[form.output], lone.get(form.output))
            for form in forms
            if form.output in classes
        ),
        tuple(
            NumberPredictions(form)
            for form in forms
            if form.output not in classes
            and _is_of_numbers(form)
            and 1 <= _size(nodes[form.output].shape) <= _MOST_NUMBERS
        ),
    )


def _is_of_numbers(form: AnswerForm) -> bool:
    return form.gives == "numbers" and form.field is not None and not form.field.classes


def _size(shape: Shape | None) -> int:
    return prod(length or 0 for length in shape or (0,))
