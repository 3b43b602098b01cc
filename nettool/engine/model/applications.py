"""Ready-made networks of keras.applications as layers, and the layers inside them as nodes."""

from typing import Any

import keras

from nettool.graph.expand.calls import INNER_LAYER
from nettool.graph.network import Graph, Node


def build_application(node: Node, tensor: keras.KerasTensor) -> keras.Model:
    """The network that the node names, for inputs like `tensor`; its weights as the node says.

    Published weights are downloaded by Keras, which holds them against their checksum. Raises what Keras
    raises for a shape or an option that the network does not take, or when there is no network to load from.
    """
    options: dict[str, Any] = {name: value for name, value in node.options.items() if name != "trainable"}
    build = getattr(keras.applications, node.operation)
    model = build(input_shape=tuple(tensor.shape[1:]), name=node.name, **options)
    if node.options.get("trainable") is False:
        model.trainable = False
    return model


def with_taps(network: keras.Model, graph: Graph, owner: Node) -> keras.Model:
    """The network with an output for each of its layers that some node stands for, in the order of `taps`.

    Several models over the same layers could not be read from a file again, so it is one that gives all.
    Raises ValueError when there is no such layer.
    """
    asked = taps(graph, owner)
    if not asked:
        return network
    outputs = [network.output if layer is None else network.get_layer(layer).output for layer in asked]
    tapped = keras.Model(network.inputs, outputs, name=network.name)
    if owner.options.get("trainable") is False:
        tapped.trainable = False
    return tapped


def taps(graph: Graph, owner: Node) -> tuple[str | None, ...]:
    """What a network gives besides, or instead of, its own output (None): layers by their names.

    Empty where only its own output is used. `owner` is the node that owns the network's weights.
    """
    calls = {node.name for node in graph.nodes if node.name == owner.name or node.owner == owner.name}
    inner = [node for node in graph.nodes if node.operation == INNER_LAYER and node.inputs[0] in calls]
    if not inner:
        return ()
    is_whole_used = not calls.isdisjoint(graph.outputs) or any(
        not calls.isdisjoint(node.inputs) for node in graph.nodes if node.operation != INNER_LAYER
    )
    layers = dict.fromkeys(str(node.options["layer"]) for node in inner)
    return (None, *layers) if is_whole_used else tuple(layers)


def given_by(graph: Graph, node: Node, asked: tuple[str | None, ...]) -> dict[str, int]:
    """The nodes whose values a call of a network with these taps gives, each with its place among them."""
    places = {layer: place for place, layer in enumerate(asked)}
    inner = {
        each.name: places[str(each.options["layer"])]
        for each in graph.nodes
        if each.operation == INNER_LAYER and each.inputs[0] == node.name
    }
    return {node.name: places[None], **inner} if None in places else inner
