"""The optimizer of a plan as a Keras optimizer."""

import keras

from nettool.engine.objects import keras_object
from nettool.graph.settings import Optimizer


def keras_optimizer(optimizer: Optimizer) -> keras.Optimizer:
    """The Keras optimizer; a learning rate may be a mapping `{schedule: CosineDecay, …}`."""
    return keras_object("optimizer", optimizer.name, optimizer.options)
