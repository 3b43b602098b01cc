"""What was seen of the test part while it was measured: what its pictures and its report are made of."""

from dataclasses import dataclass, field
from math import prod

import numpy as np
from numpy.typing import NDArray

from nettool.data.prediction.preparation import Preparation
from nettool.engine.evaluate.evaluation import classifying_outputs, thresholds
from nettool.engine.evaluate.measurement import Seeing
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.observe.seen_classes import SeenAnswers
from nettool.jobs.predict.answer_forms import answer_forms
from nettool.layers.outcome import Shape
from nettool.views.predictions.answer_form import AnswerForm

_MOST_NUMBERS = 64
"""Of an output whose answers are all kept."""


@dataclass(slots=True)
class SeenNumberAnswers:
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
class SeenTest:
    """The outputs that give classes, and those that give few numbers, in their order.

    `failed` has, by output, why no more of it was seen.
    """

    classes: tuple[SeenAnswers, ...]
    numbers: tuple[SeenNumberAnswers, ...]
    failed: dict[str, Exception] = field(default_factory=dict)

    @property
    def seeing(self) -> dict[str, Seeing]:
        """Whom the answers are to be shown, by output; what goes wrong there does not harm the measuring."""
        every: tuple[SeenAnswers | SeenNumberAnswers, ...] = (*self.classes, *self.numbers)
        return {each.form.output: self._careful(each) for each in every}

    @property
    def without_failed(self) -> "SeenTest":
        """Only the outputs of which all was seen."""
        return SeenTest(
            tuple(each for each in self.classes if each.form.output not in self.failed),
            tuple(each for each in self.numbers if each.form.output not in self.failed),
        )

    def _careful(self, seen: SeenAnswers | SeenNumberAnswers) -> Seeing:
        def see(answers: NDArray[np.float32]) -> None:
            if seen.form.output in self.failed:
                return
            try:
                seen.add(answers)
            except Exception as error:
                self.failed[seen.form.output] = error

        return see


def nothing_seen(plan: TrainablePlan, preparation: Preparation) -> SeenTest:
    """Before the first batch."""
    classes, nodes, lone = classifying_outputs(plan), plan.graph.by_name, thresholds(plan)
    forms = answer_forms(plan, preparation)
    return SeenTest(
        tuple(
            SeenAnswers(form, classes[form.output], lone.get(form.output))
            for form in forms
            if form.output in classes
        ),
        tuple(
            SeenNumberAnswers(form)
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
