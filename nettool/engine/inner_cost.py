"""What a ready-made network costs for one sample: the sum over the layers inside, which only Keras knows."""

import keras
from keras.src.ops.operation import Operation

from nettool.graph.network import InnerCost
from nettool.layers.multiply_adds import multiply_adds
from nettool.layers.outcome import Shape, Weight
from nettool.layers.summed_products import times, total


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
