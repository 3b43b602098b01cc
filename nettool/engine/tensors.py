"""Find a node's tensor in a Keras model, also after the model was loaded from a file."""

import keras

from nettool.graph.network import Graph


def node_tensors(graph: Graph, model: keras.Model) -> dict[str, keras.KerasTensor]:
    """The symbolic tensor that each node gives, by address; the model is one that `build_model` made.

    The n-th node of a shared layer is the n-th call of that layer. Keras keeps the calls of a layer in order,
    in a file too, but offers only the output of a layer that is called once. An application of which only
    inner layers are used is not in the model, and so not in the answer.
    """
    layers = {layer.name: layer for layer in model.layers}
    calls: dict[str, int] = {}
    tensors: dict[str, keras.KerasTensor] = {}
    for node in graph.nodes:
        layer = node.owner or node.name
        call = calls.get(layer, 0)
        calls[layer] = call + 1
        if layer in layers or not node.application:
            tensors[node.name] = layers[layer]._inbound_nodes[call].output_tensors[0]
    return tensors
