"""The optimizer of a plan as a Keras optimizer."""

import keras

from nettool.engine.extent import Extent
from nettool.engine.failures import refusals
from nettool.engine.objects import keras_object
from nettool.engine.schedule_steps import with_steps
from nettool.graph.plan import Plan
from nettool.graph.settings import Optimizer


def keras_optimizer(optimizer: Optimizer) -> keras.Optimizer:
    """The Keras optimizer; a learning rate may be a mapping `{schedule: CosineDecay, …}`."""
    return keras_object("optimizer", optimizer.name, optimizer.options)


def require_optimizer(plan: Plan, extent: Extent) -> None:
    """Make the optimizer once. Raises BuildFailed, at its place, for options that Keras does not take."""
    if plan.training is None:
        return
    section = None if plan.document is None else plan.document.train
    written = None if section is None else section.optimizer
    with refusals("optimizer", plan.training.optimizer.name, None if written is None else written.span):
        keras_optimizer(with_steps(plan.training.optimizer, extent))
