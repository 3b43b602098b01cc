"""The steps since a state once more, one by one, until one comes to something that is not finite."""

from dataclasses import dataclass
from math import isfinite
from typing import Any

import keras

from nettool.engine.input.input_pipeline import InputPipeline
from nettool.engine.model.training_state import arrays_of, put_back
from nettool.engine.nonfinite.finite import Places, not_finite
from nettool.engine.stop_signal import StopSignal
from nettool.record.checkpoints.training_state import NamedArrays, TrainingState

Batch = tuple[Any, ...]
"""Inputs, targets, and what samples count where classes are weighed: NumPy arrays."""


@dataclass(frozen=True, slots=True, eq=False)
class BadStep:
    """A step (from 1) after which the loss, or the arrays `spoilt` of `after`, are not finite.

    `before` is the state before it; `sound` the batch of the first step, unless that is the bad one.
    """

    step: int
    batch: Batch
    sound: Batch | None
    loss: float
    before: dict[str, NamedArrays]
    after: dict[str, NamedArrays]
    spoilt: Places


def first_bad_step(
    model: keras.Model,
    batches: InputPipeline,
    start: TrainingState,
    last: int,
    accepted: Places,
    stop: StopSignal,
) -> BadStep | None:
    """Train again from `start` on up to step `last` of its epoch; None when all went well, or on a stop.

    `batches` has the rest of the epoch; batches and draws depend on seed, epoch and step alone, so it is the
    same training. `accepted` need not be finite. The model is left as it is then.
    """
    put_back(model, start.arrays)
    model.steps_per_execution, model.train_function = 1, None
    sound: Batch | None = None
    before = arrays_of(model, within_epoch=False)
    for step, batch in enumerate(batches.dataset.as_numpy_iterator(), start.position.step + 1):
        if stop.requested or step > last:
            return None
        model.reset_metrics()
        loss = float(model.train_on_batch(*batch, return_dict=True)["loss"])
        after = arrays_of(model, within_epoch=False)
        spoilt = not_finite(after) - accepted
        if spoilt or not isfinite(loss):
            return BadStep(step, batch, sound, loss, before, after, spoilt)
        before, sound = after, batch if sound is None else sound
    return None
