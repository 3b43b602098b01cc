"""Our multiply-adds against the floating-point operations that TensorFlow's own profiler counts in the graph."""

from collections.abc import Iterator
from math import prod
from typing import Any

import pytest

from nettool.layers.catalogue import catalogue
from nettool.layers.infer import infer
from nettool.layers.multiply_adds import multiply_adds
from nettool.layers.outcome import Outcome, Shape
from nettool.layers.products import no_products

pytestmark = pytest.mark.keras

DENSE = {"layer": "Dense", "units": 5}
AN_LSTM = {"layer": "LSTM", "units": 3, "unroll": True}
CALLS: tuple[tuple[str, tuple[Shape, ...], dict[str, Any]], ...] = (
    ("Dense", ((7,),), {"units": 5, "activation": "relu"}),
    ("Dense", ((4, 3, 7),), {"units": 5}),
    ("EinsumDense", ((4, 6),), {"equation": "abc,cd->abd", "output_shape": [None, 5]}),
    ("EinsumDense", ((4, 2, 6),), {"equation": "...bc,bcd->...d", "output_shape": 5}),
    ("Conv1D", ((20, 3),), {"filters": 4, "kernel_size": 5, "padding": "causal", "strides": 2}),
    ("Conv2D", ((12, 9, 3),), {"filters": 8, "kernel_size": [3, 2], "strides": 2}),
    ("Conv2D", ((12, 12, 3),), {"filters": 8, "kernel_size": 3, "dilation_rate": 2, "padding": "same"}),
    ("DepthwiseConv1D", ((20, 3),), {"kernel_size": 5, "depth_multiplier": 2}),
    ("DepthwiseConv2D", ((12, 9, 3),), {"kernel_size": 3, "depth_multiplier": 2, "padding": "same"}),
    ("SeparableConv1D", ((20, 3),), {"filters": 4, "kernel_size": 5}),
    ("SeparableConv2D", ((12, 9, 3),), {"filters": 4, "kernel_size": 3, "strides": 2}),
    ("Conv1DTranspose", ((6, 3),), {"filters": 4, "kernel_size": 4, "strides": 2, "padding": "same"}),
    ("Conv3D", ((5, 6, 7, 3),), {"filters": 4, "kernel_size": 2}),
    ("Conv2DTranspose", ((6, 5, 3),), {"filters": 4, "kernel_size": 3, "strides": 2, "padding": "same"}),
    ("SimpleRNN", ((6, 4),), {"units": 3, "unroll": True}),
    ("LSTM", ((6, 4),), {"units": 3, "unroll": True, "return_sequences": True}),
    ("RNN", ((6, 4),), {"cell": {"layer": "LSTMCell", "units": 3}, "unroll": True}),
    ("GRU", ((6, 4),), {"units": 3, "unroll": True, "reset_after": False}),
    ("Attention", ((5, 4), (7, 4)), {}),
    ("MultiHeadAttention", ((5, 4), (7, 6)), {"num_heads": 2, "key_dim": 3, "value_dim": 5}),
    ("MultiHeadAttention", ((5, 4), (5, 4)), {"num_heads": 2, "key_dim": 3, "output_shape": 6}),
    (
        "GroupQueryAttention",
        ((5, 4), (7, 4)),
        {"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2},
    ),
    ("Dot", ((5, 4), (7, 4)), {"axes": 2}),
    ("Bidirectional", ((6, 4),), {"of": AN_LSTM}),
    ("TimeDistributed", ((6, 4),), {"of": DENSE}),
    ("TimeDistributed", ((2, 8, 8, 3),), {"of": {"layer": "Conv2D", "filters": 4, "kernel_size": 3}}),
    ("SpectralNormalization", ((7,),), {"of": DENSE}),
    ("UpSampling2D", ((3, 3, 2),), {"size": 2}),
    ("MaxPooling2D", ((8, 8, 3),), {"pool_size": 2}),
    ("BatchNormalization", ((8, 3),), {}),
    ("Embedding", ((5,),), {"input_dim": 9, "output_dim": 3}),
    ("Flatten", ((4, 5),), {}),
    ("Add", ((4, 5), (4, 5)), {}),
)
SUMS = frozenset(
    {"MatMul", "BatchMatMulV2", "Conv2D", "Conv3D", "DepthwiseConv2dNative", "Conv2DBackpropInput"}
)
"""The operations of TensorFlow that sum up products and that its profiler knows; Einsum it does not know."""
NOT_COUNTED_BY_TENSORFLOW = {
    "AdditiveAttention": "its scores are a product and a sum by themselves",
    "Conv3DTranspose": "the profiler does not know its operation",
    "ConvLSTM1D": "Keras builds a loop, which the profiler counts once",
    "ConvLSTM2D": "a loop",
    "ConvLSTM3D": "a loop",
}


def ours(layer: str, shapes: tuple[Shape, ...], options: dict[str, Any]) -> int | None:
    outcome = infer(layer, shapes, options)
    assert isinstance(outcome, Outcome)
    return multiply_adds(layer, shapes, outcome.shape, outcome.weights, options)


def theirs(layer: str, shapes: tuple[Shape, ...], options: dict[str, Any]) -> int:
    """Half the operations of all sums of products in the graph of one call on one sample."""
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    from nettool.engine.model.objects import keras_object

    made: Any = keras_object("layer", layer, options)
    separately = catalogue()[layer].inputs in ("one", "arguments")
    called = tf.function(lambda *inputs: made(*inputs) if separately else made(list(inputs)))
    dtype = "int32" if layer == "Embedding" else "float32"
    traced = called.get_concrete_function(*(tf.TensorSpec((1, *shape), dtype) for shape in shapes))
    graph = convert_variables_to_constants_v2(traced).graph
    asked = tf.compat.v1.profiler.ProfileOptionBuilder.float_operation() | {"output": "none"}
    profile = tf.compat.v1.profiler.profile(graph, options=asked)
    types = {operation.name: operation.type for operation in graph.get_operations()}
    counted = sum(node.float_ops for node in parts(profile) if types.get(node.name) in SUMS)
    return (counted + sum(map(einsum_operations, graph.get_operations()))) // 2


def parts(node: Any) -> Iterator[Any]:
    yield node
    for child in node.children:
        yield from parts(child)


def einsum_operations(operation: Any) -> int:
    """A multiplication and an addition for each place along all letters of the equation."""
    if operation.type != "Einsum":
        return 0
    terms = operation.get_attr("equation").decode().replace("...", "…").split("->")[0].split(",")
    lengths: dict[str, int] = {}
    for term, tensor in zip(terms, operation.inputs, strict=True):
        # Dots at the left stand for as many axes as are left over.
        dots = prod(tensor.shape[: 1 + len(tensor.shape) - len(term)])
        named = tensor.shape[len(tensor.shape) - len(term.lstrip("…")) :]
        lengths |= {"…": dots} if term.startswith("…") else {}
        lengths |= dict(zip(term.lstrip("…"), named, strict=True))
    return 2 * prod(lengths.values())


@pytest.mark.parametrize(
    ("layer", "shapes", "options"), CALLS, ids=[f"{number}-{call[0]}" for number, call in enumerate(CALLS)]
)
def test_multiply_adds_are_half_of_what_tensorflow_counts(
    layer: str, shapes: tuple[Shape, ...], options: dict[str, Any]
) -> None:
    assert ours(layer, shapes, options) == theirs(layer, shapes, options)


def test_every_formula_is_held_against_tensorflow_or_has_a_reason_why_not() -> None:
    held = {layer for layer, _, _ in CALLS}
    counted = {name for name, each in catalogue().items() if each.multiply_adds not in (None, no_products)}
    assert counted <= held | NOT_COUNTED_BY_TENSORFLOW.keys()
