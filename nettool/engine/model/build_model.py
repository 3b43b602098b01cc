"""Graph → Keras functional model; every layer bears its node's address as its name."""

import keras
import numpy as np

from nettool.engine.failures import BuildFailed, refusals
from nettool.engine.model.applications import build_application, given_by, taps, with_taps
from nettool.engine.model.objects import keras_class, keras_options
from nettool.graph.expand.calls import INNER_LAYER
from nettool.graph.network import Graph, Node
from nettool.layers.catalogue import catalogue


def build_model(graph: Graph) -> keras.Model:
    """A functional `keras.Model` of the graph.

    One input is the model's only argument, several are a list in the order of `graph.inputs`. One output is
    a tensor, several are a dictionary by node address: so an output that is a further call of a shared layer,
    whose layer name is not its own, still has a name of its own in losses and metrics.
    Raises BuildFailed where Keras refuses a node.
    """
    nodes = graph.by_name
    layers: dict[str, keras.Layer] = {}
    tensors: dict[str, keras.KerasTensor] = {}
    for node in graph.nodes:
        with refusals(node.name, node.operation, node.span):
            if node.operation == "InputLayer":
                tensors[node.name] = _input(node)
            else:
                _call(graph, node, nodes[node.owner or node.name], layers, tensors)
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
    graph: Graph,
    node: Node,
    owner: Node,
    layers: dict[str, keras.Layer],
    tensors: dict[str, keras.KerasTensor],
) -> None:
    """Add what the node gives to `tensors`, and what the layers within it give that other nodes stand for."""
    if node.operation == INNER_LAYER:
        return
    if owner.name not in layers:
        layers[owner.name] = _layer(graph, owner, tensors)
    layer = layers[owner.name]
    inputs = [tensors[name] for name in node.inputs]
    # One input of a layer that nettool does not know, or several arguments: one by one; otherwise a list.
    definition = catalogue().get(owner.operation)
    one_by_one = definition.inputs in ("one", "arguments") if definition is not None else len(inputs) == 1
    result = layer(*inputs) if one_by_one else layer(inputs)
    asked = taps(graph, owner) if owner.application else ()
    if asked:
        for address, place in given_by(graph, node, asked).items():
            tensors[address] = result[place]
        return
    if isinstance(result, list | tuple | dict):
        raise TypeError(f"it gives {len(result)} tensors, and a node stands for one")
    tensors[node.name] = result


def _layer(graph: Graph, owner: Node, tensors: dict[str, keras.KerasTensor]) -> keras.Layer:
    if owner.application:
        return with_taps(build_application(owner, tensors[owner.inputs[0]]), graph, owner)
    return keras_class("layer", owner.operation)(name=owner.name, **keras_options(owner.options))


def freeze_parts(layer: keras.Layer) -> None:
    """Freeze whatever is within layers that are told not to train. To be called when they have their weights.

    Told so when it is made, a Keras layer of several parts (MultiHeadAttention, Bidirectional, RNN,
    ConvLSTM2D) does not pass it on, and a model that has it goes on training them. Setting `trainable` on
    the layer again would not help: Keras takes no notice of a value that an attribute has already.
    """
    for part in layer._flatten_layers():
        if not part.trainable:
            for variable in part.variables:
                variable.trainable = False


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
