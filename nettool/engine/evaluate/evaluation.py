"""Measure a model on a part of the data, and ask it for its answers."""

from collections.abc import Mapping

import keras
import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.data.field import Field
from nettool.engine.evaluate.measurement import measure, usual_batch_size
from nettool.engine.input.input_pipeline import inference_pipeline
from nettool.engine.input.targets import target_of
from nettool.engine.input.unread_samples import noted_errors_raised
from nettool.engine.model.stateful import begin_anew
from nettool.graph.trainable_plan import TrainablePlan


def evaluate(
    model: keras.Model, plan: TrainablePlan, part: Part, batch_size: int | None = None
) -> dict[str, float]:
    """The metrics of the plan (`loss`, `accuracy` …) on a part."""
    return measure(model, plan, part, batch_size)


@noted_errors_raised()
def predict(
    model: keras.Model,
    plan: TrainablePlan,
    part: Part,
    batch_size: int | None = None,
) -> dict[str, NDArray[np.float32]]:
    """What each output gives for the samples of a part, in their order: arrays (samples, …) by output.

    Raises DataError when samples cannot be read.
    """
    batches = inference_pipeline(plan, part, batch_size or usual_batch_size(plan))
    begin_anew(model)
    answers = model.predict(batches.dataset, verbose=0)
    return dict(answers) if isinstance(answers, dict) else {plan.graph.outputs[0]: answers}


def given_classes(answers: NDArray[np.float32], threshold: float | None) -> NDArray[np.int64]:
    """The class numbers that an output gives, of some answers (samples, …).

    That with the highest number; of an output whose lone unit says yes or no (`threshold`), 1 above it, as
    metrics count.
    """
    if threshold is not None:
        return (answers.reshape(len(answers), -1)[:, 0] > threshold).astype(np.int64)
    given: NDArray[np.int64] = answers.argmax(axis=-1).astype(np.int64)
    return given


def thresholds(plan: TrainablePlan) -> Mapping[str, float]:
    """The threshold of every output whose lone unit says yes or no, as the output's meaning has it."""
    meanings = plan.meanings
    targets = {output: target_of(plan, output) for output in plan.graph.outputs}
    return {
        output: meanings[output].threshold
        for output, target in targets.items()
        if target is not None and target.encoding == "value"
    }


def classifying_outputs(plan: TrainablePlan) -> Mapping[str, Field]:
    """The outputs that give a class, each with the field that holds the right ones.

    A lone unit tells two classes apart; of more, a loss of numbers makes it say the class's number.
    """
    found: dict[str, Field] = {}
    for output in plan.graph.outputs:
        target = target_of(plan, output)
        field = None if target is None else plan.binding.field(target.field)
        says_a_number = target is not None and target.encoding == "value" and field and len(field.classes) > 2
        if field is not None and field.classes and not says_a_number:
            found[output] = field
    return found
