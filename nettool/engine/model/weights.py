"""The weights of a model as arrays, layer by layer under the nodes' addresses."""

from collections.abc import Iterator

import keras

from nettool.graph.network import Graph
from nettool.graph.trained_weights import LayerWeights


def layer_weights(model: keras.Model, graph: Graph) -> tuple[LayerWeights, ...]:
    """Those of every layer that has any, in computing order, a shared layer once.

    The model is one that `build_model` made, or one loaded from a file. A ready-made network is read layer by
    layer: `backbone.conv1_conv`.
    """
    layers = {layer.name: layer for layer in model.layers}
    found: dict[str, LayerWeights] = {}
    for node in graph.nodes:
        layer = layers.get(node.name)
        if layer is None:
            continue
        weights = _inside(layer, node.name) if node.application else _of(layer, node.name, node.operation)
        for each in weights:
            found.setdefault(each.node, each)
    return tuple(found.values())


def _inside(network: keras.Model, address: str) -> Iterator[LayerWeights]:
    for layer in network.layers:
        yield from _of(layer, f"{address}.{layer.name}", type(layer).__name__)


def _of(layer: keras.Layer, node: str, operation: str) -> Iterator[LayerWeights]:
    if layer.weights:
        variables = {
            variable.path.removeprefix(f"{layer.path}/"): keras.ops.convert_to_numpy(variable)
            for variable in layer.weights
        }
        yield LayerWeights(node, operation, variables)
