"""A model that was trained on several devices, as one that is on a single one."""

import keras
import numpy as np

from nettool.engine.devices.devices import is_on_several
from nettool.engine.model.build_model import build_model
from nettool.graph.network import Graph


def on_one_device(model: keras.Model, graph: Graph) -> keras.Model:
    """The model itself where it is so already; else another one of the graph, with its variables' values."""
    if not is_on_several(model):
        return model
    single = build_model(graph)
    for variable, trained in zip(single.variables, model.variables, strict=True):
        variable.assign(np.array(trained))
    return single
