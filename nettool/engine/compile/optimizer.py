"""The optimizer of a plan as a Keras optimizer."""

from collections.abc import Mapping
from dataclasses import replace

import keras

from nettool.engine.compile.training_length import TrainingLength
from nettool.engine.failures import refusals
from nettool.engine.model.objects import keras_object
from nettool.graph.trainable_plan import TrainablePlan
from nettool.kinds.step_count import in_steps
from nettool.spec.train.optimizer import Optimizer
from nettool.vocabulary.keras_names import canonical, schedules


def keras_optimizer(optimizer: Optimizer) -> keras.Optimizer:
    """The Keras optimizer; a learning rate may be a mapping `{schedule: CosineDecay, …}`."""
    return keras_object("optimizer", optimizer.name, optimizer.options)


def require_optimizer(plan: TrainablePlan, length: TrainingLength) -> None:
    """Make the optimizer once. Raises BuildFailed, at its place, for options that Keras does not take."""
    section = plan.document.train
    place = None if section is None else section.place("optimizer", "optimizer")
    with refusals("optimizer", plan.training.optimizer.name, place):
        keras_optimizer(with_steps(plan.training.optimizer, length))


COUNTS: Mapping[str, int] = {"boundaries": 0, "decay_steps": 1, "first_decay_steps": 1, "warmup_steps": 0}
"""The options of schedules that count steps, and the fewest that each can do with."""


def with_steps(optimizer: Optimizer, length: TrainingLength) -> Optimizer:
    """The same optimizer, every `5 epochs` in it (or in its schedule) as steps.

    A schedule whose `decay_steps` are left out has decayed at the end of the training, its warm-up taken off.
    """
    options = {
        name: _schedule(value, length) if isinstance(value, Mapping) else in_steps(value, length.steps)
        for name, value in optimizer.options.items()
    }
    return replace(optimizer, options=options)


def _schedule(written: Mapping[str, object], length: TrainingLength) -> dict[str, object]:
    found = {
        name: _in_steps(value, length, COUNTS[name]) if name in COUNTS else value
        for name, value in written.items()
    }
    definition = schedules().get(canonical("schedules", str(written.get("schedule"))) or "")
    if definition is not None and "decay_steps" in definition.options and found.get("decay_steps") is None:
        warm_up = found.get("warmup_steps", 0)
        found["decay_steps"] = max(1, length.total - (warm_up if isinstance(warm_up, int) else 0))
    return found


def _in_steps(value: object, length: TrainingLength, lowest: int) -> object:
    if isinstance(value, list | tuple):
        return [_in_steps(each, length, lowest) for each in value]
    return in_steps(value, length.steps, lowest)
