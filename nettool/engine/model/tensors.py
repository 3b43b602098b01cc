"""Find a node's tensor in a Keras model, also after the model was loaded from a file."""

import keras

from nettool.engine.model.applications import given_by, taps
from nettool.graph.expand.calls import INNER_LAYER
from nettool.graph.network import Graph


def node_tensors(graph: Graph, model: keras.Model) -> dict[str, keras.KerasTensor]:
    """The symbolic tensor that each node gives, by address; the model is one that `build_model` made.

    The n-th node of a shared layer is the n-th call of that layer. Keras keeps the calls of a layer in order,
    in a file too, but offers only the output of a layer that is called once. An application of which only
    inner layers are used gives nothing itself, and so is not in the answer.
    """
    layers = {layer.name: layer for layer in model.layers}
    nodes = graph.by_name
    calls: dict[str, int] = {}
    tensors: dict[str, keras.KerasTensor] = {}
    for node in graph.nodes:
        if node.operation == INNER_LAYER:
            continue
        owner = nodes[node.owner or node.name]
        call = calls.get(owner.name, 0)
        calls[owner.name] = call + 1
        given = layers[owner.name]._inbound_nodes[call].output_tensors
        asked = taps(graph, owner) if owner.application else ()
        places = given_by(graph, node, asked) if asked else {node.name: 0}
        tensors |= {address: given[place] for address, place in places.items()}
    return tensors
