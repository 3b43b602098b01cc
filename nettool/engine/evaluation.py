"""Measure a model on a part of the data, and ask it for its answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import keras
import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.data.field import Field
from nettool.engine.feed import input_feed
from nettool.engine.measurement import measure, usual_batch_size
from nettool.engine.targets import target_of
from nettool.engine.unread_samples import noted_errors_raised
from nettool.graph.binding import TargetBinding
from nettool.graph.plan import Plan


@dataclass(frozen=True, slots=True, eq=False)
class ClassPredictions:
    """Of each sample the right class and the one the model gives; `classes` are the names by number."""

    output: str
    classes: tuple[str, ...]
    right: NDArray[np.int64]
    given: NDArray[np.int64]


def evaluate(model: keras.Model, plan: Plan, part: Part, batch_size: int | None = None) -> dict[str, float]:
    """The figures of the plan (`loss`, `accuracy` …) on a part."""
    return measure(model, plan, part, batch_size).figures


@noted_errors_raised()
def predict(
    model: keras.Model,
    plan: Plan,
    part: Part,
    batch_size: int | None = None,
) -> dict[str, NDArray[np.float32]]:
    """What each output gives for the samples of a part, in their order: arrays (samples, …) by output.

    Raises DataError when samples cannot be read.
    """
    feed = input_feed(plan, part, batch_size or usual_batch_size(plan))
    answers = model.predict(feed.dataset, verbose=0)
    return dict(answers) if isinstance(answers, dict) else {plan.graph.outputs[0]: answers}


def class_predictions(
    plan: Plan, part: Part, answers: Mapping[str, NDArray[np.float32]]
) -> tuple[ClassPredictions, ...]:
    """For every output that gives a class: the right and the given ones, of what the model answered.

    The given class is the one with the highest number; with a single unit, 1 above the threshold that the
    output's meaning has, as metrics count.
    """
    found = []
    meanings = plan.meanings
    for output, target, field in _classifying(plan):
        answer = answers[output]
        if target.encoding == "value":
            given = (answer.reshape(len(answer), -1)[:, 0] > meanings[output].threshold).astype(np.int64)
        else:
            given = answer.argmax(axis=-1).astype(np.int64)
        right = np.asarray(part.columns[target.field].array()).reshape(-1).astype(np.int64)[: len(given)]
        found.append(ClassPredictions(output, field.classes, right, given))
    return tuple(found)


def classifying_outputs(plan: Plan) -> tuple[str, ...]:
    """The outputs that give a class."""
    return tuple(output for output, _, _ in _classifying(plan))


def _classifying(plan: Plan) -> Iterator[tuple[str, TargetBinding, Field]]:
    for output in plan.graph.outputs:
        target = target_of(plan, output)
        field = None if target is None or plan.binding is None else plan.binding.field(target.field)
        if target is not None and field is not None and field.classes:
            yield output, target, field
