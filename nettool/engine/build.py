"""Graph → Keras functional model; every layer bears its node's address as its name."""

import keras

from nettool.engine.applications import build_application, inner_layer
from nettool.engine.failures import BuildFailed
from nettool.engine.freezing import freeze_parts
from nettool.engine.literal_weights import set_literal_weights
from nettool.engine.objects import keras_class, keras_options
from nettool.graph.expand import INNER_LAYER
from nettool.graph.network import Graph, Node
from nettool.layers.catalogue import catalogue


def build_model(graph: Graph) -> keras.Model:
    """A functional `keras.Model` of the graph.

    One input is the model's only argument, several are a list in the order of `graph.inputs`. One output is
    a tensor, several are a dictionary by node address: so an output that is a further call of a shared layer,
    whose layer name is not its own, still has a name of its own in losses and figures.
    Raises BuildFailed where Keras refuses a node.
    """
    nodes = graph.by_name
    layers: dict[str, keras.Layer] = {}
    tensors: dict[str, keras.KerasTensor] = {}
    for node in graph.nodes:
        try:
            if node.operation == "InputLayer":
                tensors[node.name] = _input(node)
            else:
                tensors[node.name] = _call(nodes, node, layers, tensors)
        except Exception as problem:  # Keras and users' layers refuse with whatever exception they like
            raise BuildFailed(node.name, node.operation, _reason(problem), node.span) from problem
    for layer in layers.values():
        freeze_parts(layer)
    set_literal_weights(graph, layers)
    inputs = [tensors[name] for name in graph.inputs]
    return keras.Model(
        inputs[0] if len(inputs) == 1 else inputs,
        tensors[graph.outputs[0]]
        if len(graph.outputs) == 1
        else {name: tensors[name] for name in graph.outputs},
        name=graph.name,
    )


def _input(node: Node) -> keras.KerasTensor:
    return keras.Input(
        shape=node.shape, batch_size=node.options.get("batch_size"), dtype=node.dtype, name=node.name
    )


def _call(
    nodes: dict[str, Node], node: Node, layers: dict[str, keras.Layer], tensors: dict[str, keras.KerasTensor]
) -> keras.KerasTensor:
    if node.operation == INNER_LAYER:
        source = nodes[node.inputs[0]]
        application = layers[source.owner or source.name]
        return inner_layer(node, application, [tensors[name] for name in source.inputs])
    owner = nodes[node.owner or node.name]
    if owner.name not in layers and owner.application:
        layers[owner.name] = build_application(owner, tensors[node.inputs[0]])
    if owner.name not in layers:
        layer_class = keras_class("layer", owner.operation)
        layers[owner.name] = layer_class(name=owner.name, **keras_options(owner.options))
    layer = layers[owner.name]
    inputs = [tensors[name] for name in node.inputs]
    # One input of a layer that nettool does not know, or several arguments: one by one; otherwise a list.
    definition = catalogue().get(owner.operation)
    one_by_one = definition.inputs in ("one", "arguments") if definition is not None else len(inputs) == 1
    result = layer(*inputs) if one_by_one else layer(inputs)
    if isinstance(result, list | tuple | dict):
        raise TypeError(f"it gives {len(result)} tensors, and a node stands for one")
    return result


def _reason(problem: Exception) -> str:
    """Keras's own words, without the dump of every argument that it likes to add."""
    text = str(problem).split("\n\nArguments received by")[0]
    return " ".join(text.split())
