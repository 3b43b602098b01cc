"""Compare what nettool worked out with what Keras built: shapes and weights, node by node and in total."""

from collections.abc import Mapping
from dataclasses import replace
from math import prod

import keras
from keras.src.ops.operation import Operation

from nettool.engine.failures import NettoolBug
from nettool.engine.model.tensors import node_tensors
from nettool.graph.expand.calls import INNER_LAYER
from nettool.graph.network import Graph, InnerCost, Node
from nettool.layers.multiply_adds import multiply_adds
from nettool.layers.outcome import Shape, Weight, shape_text
from nettool.layers.products import times, total


def check_agreement(graph: Graph, model: keras.Model) -> None:
    """Raise NettoolBug, naming every difference, if Keras built another network than the one we described."""
    found = differences(graph, model)
    if found:
        raise NettoolBug("; ".join(found))


def differences(graph: Graph, model: keras.Model) -> tuple[str, ...]:
    """What Keras sees otherwise, as sentences; empty when all agree. What we do not know is not compared."""
    found = []
    for ours, theirs in zip(graph.nodes, completed(_forgotten(graph), model).nodes, strict=True):
        if ours.shape is not None and ours.shape != theirs.shape:
            found.append(
                f"`{ours.name}` has the shape {shape_text(theirs.shape)} in Keras, "
                f"{shape_text(ours.shape)} in nettool"
            )
        # The weights that lead to a layer inside an application are the application's, and counted there.
        is_inner = ours.operation == INNER_LAYER
        if not is_inner and ours.weights is not None and _bare(ours.weights) != _bare(theirs.weights):
            found.append(
                f"`{ours.name}` has the weights {_text(theirs.weights)} in Keras, "
                f"{_text(ours.weights)} in nettool"
            )
    totals = (
        ("parameters", graph.parameter_count, model.count_params()),
        ("trainable parameters", graph.trainable_parameter_count, _count(model.trainable_weights)),
    )
    found += [
        f"the network has {theirs:,} {what} in Keras, {ours:,} in nettool"
        for what, ours, theirs in totals
        if ours is not None and ours != theirs
    ]
    return tuple(found)


def completed(graph: Graph, model: keras.Model) -> Graph:
    """The graph with every shape and every set of weights that no rule knew taken from the model."""
    tensors = node_tensors(graph, model)
    layers = {layer.name: layer for layer in model.layers}
    return replace(
        graph,
        nodes=tuple(
            replace(
                node,
                shape=_shape(tensors[node.name])
                if node.shape is None and node.name in tensors
                else node.shape,
                weights=_weights(node, layers) if node.weights is None else node.weights,
                inner_cost=inner_cost(layers[node.name])
                if node.application and node.name in layers
                else node.inner_cost,
            )
            for node in graph.nodes
        ),
    )


def _forgotten(graph: Graph) -> Graph:
    return replace(graph, nodes=tuple(replace(node, shape=None, weights=None) for node in graph.nodes))


def _shape(tensor: keras.KerasTensor) -> Shape:
    return tuple(tensor.shape[1:])


def _weights(node: Node, layers: Mapping[str, keras.Layer]) -> tuple[Weight, ...]:
    """Those of the node's layer; a layer inside an application has none of its own."""
    if node.operation == INNER_LAYER:
        return ()
    layer = layers[node.owner or node.name]
    trainable = {id(variable) for variable in layer.trainable_weights}
    found = {
        id(variable): Weight(
            name=variable.path.removeprefix(layer.path + "/"),
            shape=tuple(variable.shape),
            trainable=id(variable) in trainable,
        )
        for variable in layer.weights
    }
    return tuple(found.values())


def _bare(weights: tuple[Weight, ...] | None) -> list[tuple[tuple[int, ...], bool]]:
    return [(weight.shape, weight.trainable) for weight in weights or ()]


def _text(weights: tuple[Weight, ...] | None) -> str:
    texts = [
        f"{weight.name} {shape_text(weight.shape)}" + ("" if weight.trainable else " not trainable")
        for weight in weights or ()
    ]
    return ", ".join(texts) or "none"


def _count(variables: list[keras.Variable]) -> int:
    return sum(prod(variable.shape) for variable in variables)


def inner_cost(model: keras.Model) -> InnerCost:
    """The cost of all layers of a functional model; None where a layer is of no kind that we know."""
    products: int | None = 0
    numbers: int | None = 0
    for layer in model.operations:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        given, shape = _shapes(layer)
        products = total(products, _multiply_adds(layer, given, shape))
        numbers = total(numbers, times(*shape))
    return InnerCost(products, numbers)


def _multiply_adds(layer: Operation, given: tuple[Shape, ...], shape: Shape) -> int | None:
    if not isinstance(layer, keras.Layer):
        return None
    weights = tuple(Weight(variable.name, tuple(variable.shape)) for variable in layer.weights)
    return multiply_adds(type(layer).__name__, given, shape, weights, layer.get_config())


def _shapes(operation: Operation) -> tuple[tuple[Shape, ...], Shape]:
    """The shapes that went into its call within the model, and the one that came out."""
    call = operation._inbound_nodes[0]
    return tuple(tuple(each.shape[1:]) for each in call.input_tensors), tuple(call.outputs[0].shape[1:])
