"""Puts the literal weights of a spec into the layers of a model."""

import keras
import numpy as np

from nettool.engine.failures import BuildFailed
from nettool.graph.network import Graph, Node


def set_literal_weights(graph: Graph, layers: dict[str, keras.Layer]) -> None:
    """Give every layer the values that its node states; `layers` by the address of the node that owns each.

    Raises BuildFailed for a weight that the layer does not have or whose shape is another.
    """
    for node in graph.nodes:
        if node.values:
            _set(node, layers[node.owner or node.name])


def _set(node: Node, layer: keras.Layer) -> None:
    weights = {weight.path.removeprefix(f"{layer.path}/"): weight for weight in layer.weights}
    for name, values in node.values.items():
        if name not in weights:
            known = ", ".join(weights) or "none"
            raise BuildFailed(node.name, node.operation, f"no weight `{name}`; it has {known}", node.span)
        try:
            weights[name].assign(np.asarray(values, dtype="float64").reshape(weights[name].shape))
        except ValueError as problem:
            raise BuildFailed(node.name, node.operation, f"`{name}`: {problem}", node.span) from problem
