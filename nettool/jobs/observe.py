"""What a trained network did on the test part, kept so that a report can show it without network and data."""

from collections.abc import Iterator, Mapping
from math import prod

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.data.load import Loaded
from nettool.data.preparation import Preparation
from nettool.engine.evaluation import class_predictions, classifying_outputs, predict
from nettool.engine.model import Model
from nettool.graph.plan import Plan
from nettool.jobs.answer_forms import answer_forms
from nettool.jobs.observe_classes import observe_classes
from nettool.jobs.observe_numbers import observe_numbers
from nettool.jobs.peak_memory import peak_memory
from nettool.jobs.reconstructions import as_stored, reconstructing_outputs
from nettool.jobs.spread_rows import spread_rows
from nettool.layers.outcome import Shape
from nettool.record.observations import Observations, SeenImages
from nettool.views.predictions.answer_form import AnswerForm
from nettool.views.small_png import small_png

_IMAGES_SHOWN = 12
_MOST_NUMBERS = 64
"""Of an output whose answers are all kept."""

Answers = Mapping[str, NDArray[np.float32]]


def observed_outputs(plan: Plan, preparation: Preparation) -> tuple[str, ...]:
    """The outputs whose answers to the whole test part are needed: those of classes, and of few numbers."""
    numbers = (form.output for form in answer_forms(plan, preparation) if _is_of_numbers(form))
    nodes = plan.graph.by_name
    few = (output for output in numbers if 1 <= _size(nodes[output].shape) <= _MOST_NUMBERS)
    return (*classifying_outputs(plan), *few)


def _is_of_numbers(form: AnswerForm) -> bool:
    return form.gives == "numbers" and form.field is not None and not form.field.classes


def _size(shape: Shape | None) -> int:
    return prod(length or 0 for length in shape or (0,))


def observe(plan: Plan, loaded: Loaded, model: Model, answers: Answers | None) -> Observations:
    """What is to be kept. `answers` are those to the test part, None when it was not measured.

    Raises DataError when samples cannot be read again.
    """
    part = loaded.test
    samples = {"train": len(loaded.train), "validation": len(loaded.validation), "test": len(part)}
    if answers is None:
        return Observations(samples, peak_memory())
    forms = {form.output: form for form in answer_forms(plan, loaded.preparation)}
    found = class_predictions(plan, part, answers)
    numbers = (form for form in forms.values() if _is_of_numbers(form) and form.output in answers)
    return Observations(
        samples,
        peak_memory(),
        tuple(observe_classes(plan, part, forms[each.output], each, answers[each.output]) for each in found),
        tuple(each for form in numbers for each in observe_numbers(plan, part, form, answers[form.output])),
        tuple(_images(plan, part, model)),
    )


def _images(plan: Plan, part: Part, model: Model) -> Iterator[SeenImages]:
    outputs = reconstructing_outputs(plan)
    if not outputs or not len(part):
        return
    few = part.take(spread_rows(len(part), _IMAGES_SHOWN))
    answers = predict(model, plan, few)
    for output, field in outputs.items():
        column = few.columns[field.name]
        wanted = column.array().astype(np.float64)
        given = as_stored(answers[output].astype(np.float64).reshape(wanted.shape), column)
        yield SeenImages(
            output,
            tuple(
                (small_png(one / field.highest), small_png(other / field.highest))
                for one, other in zip(wanted, given, strict=True)
            ),
        )
