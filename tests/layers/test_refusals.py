from typing import Any

import pytest

from nettool.layers.infer import infer
from nettool.layers.outcome import Refusal, Shape

REFUSALS: list[tuple[str, list[Shape], dict[str, Any], Refusal]] = [
    (
        "Add",
        [(9, 9, 32), (9, 9, 64)],
        {},
        Refusal(
            "cannot add (9, 9, 32) and (9, 9, 64)",
            label="Add needs equal shapes",
            help="give both 32 or both 64 channels (a convolution with kernel_size 1 changes their number), "
            "or join them with Concatenate",
            parties=(0, 1),
            kind="merge",
        ),
    ),
    (
        "Maximum",
        [(1,), (8,), (8,), (4,)],
        {},
        Refusal(
            "cannot take the maximum of (8,) and (4,)",
            label="Maximum needs equal shapes",
            help="give both 8 or both 4 units, or join them with Concatenate",
            parties=(1, 3),
            kind="merge",
        ),
    ),
    (
        "Multiply",
        [(9, 9, 3), (8, 8, 3)],
        {},
        Refusal(
            "cannot multiply (9, 9, 3) and (8, 8, 3)",
            label="Multiply needs equal shapes",
            help="make their lengths equal (`padding: same`, equal strides and pooling), or crop the larger",
            parties=(0, 1),
            kind="merge",
        ),
    ),
    (
        "Average",
        [(9, 9, 4), (3,)],
        {},
        Refusal(
            "cannot average (9, 9, 4) and (3,)",
            label="Average needs equal shapes",
            help="bring them to the same number of axes first, with a Flatten, a Reshape or a global pooling",
            parties=(0, 1),
            kind="merge",
        ),
    ),
    (
        "Subtract",
        [(3,), (3,), (3,)],
        {},
        Refusal(
            "takes two inputs, but gets 3", label="Subtract takes two inputs", parties=(0, 1, 2), kind="count"
        ),
    ),
    (
        "MultiHeadAttention",
        [(9, 8)],
        {"num_heads": 2, "key_dim": 4},
        Refusal(
            "takes a query and a value, or a query, a value and a key, but gets 1",
            label="MultiHeadAttention takes two or three inputs",
            help="for self-attention give the same input twice: `from: [x, x]`",
            parties=(0,),
            kind="count",
        ),
    ),
    (
        "Attention",
        [(9, 8), (5, 8), (7, 8)],
        {},
        Refusal(
            "needs a key for each value, but gets values of (5, 8) and keys of (7, 8)",
            label="value and key differ in their steps",
            help="`from` is [query, value, key]; value and key have the same steps",
            parties=(1, 2),
            kind="merge",
        ),
    ),
    (
        "Bidirectional",
        [(8,)],
        {"of": {"layer": "LSTM", "units": 2}},
        Refusal(
            "holds LSTM, which needs steps and features, but gets (8,)",
            label="LSTM needs 2 axes",
            help="put a Reshape before it that makes [steps, features]; a recurrent layer before it must have "
            "`return_sequences: true`",
            option="of",
            parties=(0,),
            kind="rank",
        ),
    ),
    (
        "TimeDistributed",
        [(2, 4, 8)],
        {
            "of": {
                "layer": "TimeDistributed",
                "of": {"layer": "Dense", "units": 2, "bias_initializer": "orthogonal"},
            }
        },
        Refusal(
            "holds TimeDistributed, which holds Dense, which cannot start its bias, of shape (2,), with "
            "Orthogonal",
            label="Orthogonal needs at least 2 axes",
            help="use another initializer, such as glorot_uniform for kernels and zeros for biases",
            option="of",
            within=("of", "bias_initializer"),
            kind="option",
        ),
    ),
    (
        "LSTMCell",
        [(8,)],
        {"units": 2},
        Refusal(
            "cannot be LSTMCell by itself: a cell is one step of a recurrent layer, and wants its state",
            label="a cell, not a layer",
            help="write LSTM, which takes it along the steps",
            kind="option",
        ),
    ),
    (
        "RandomHue",
        [(28, 28, 1)],
        {"factor": 0.5},
        Refusal(
            "needs images of 3 channels, but gets (28, 28, 1)",
            label="RandomHue works on colours",
            help="put it first, where the images come in",
            parties=(0,),
            kind="size",
        ),
    ),
    (
        "AdaptiveMaxPooling2D",
        [(5, 5, 8)],
        {"output_size": 1},
        Refusal(
            "cannot bring (5, 5, 8) to 1 × 1: TensorFlow stops at this",
            label="TensorFlow stops at this",
            help="for the largest value of all use GlobalMaxPooling2D; otherwise ask for at least 2 places on "
            "each axis, and give it at least 2",
            option="output_size",
            parties=(0,),
            kind="size",
        ),
    ),
    (
        "EinsumDense",
        [(4, 3)],
        {"equation": "ab,bc->ac", "output_shape": 2},
        Refusal(
            "is written for 1 axes beside the batch, but gets (4, 3)",
            label="`ab` has 1 axes beside the batch",
            help="write one letter for each axis, the batch first, or dots for those that pass through",
            option="equation",
            parties=(0,),
            kind="rank",
        ),
    ),
    (
        "Concatenate",
        [(7, 9, 4), (5, 9, 4)],
        {},
        Refusal(
            "cannot join (7, 9, 4) and (5, 9, 4) along axis 3",
            label="axis 1 differs",
            help="all lengths but the one along `axis` must be equal: write `axis: 1`, along which they would fit",
            parties=(0, 1),
            kind="merge",
        ),
    ),
    (
        "Concatenate",
        [(16,), (4, 4)],
        {},
        Refusal(
            "cannot join (16,) and (4, 4) along axis 1",
            label="Concatenate needs the same number of axes",
            help="put a Flatten or a Reshape before the one with more axes",
            parties=(0, 1),
            kind="merge",
        ),
    ),
    (
        "Concatenate",
        [(16,), (4,)],
        {"axis": 0},
        Refusal(
            "cannot work along axis 0, which is the batch",
            label="`axis` is the batch",
            help="axes count from 1 to 1 here, and -1 is the last one",
            option="axis",
            kind="option",
        ),
    ),
    (
        "Dot",
        [(16,), (4,)],
        {"axes": 1},
        Refusal(
            "cannot multiply (16,) and (4,) along axes 1 and 1",
            label="Dot needs equal lengths along its axes",
            help="choose other `axes` (counted from 1, without the batch), or make the two lengths equal",
            parties=(0, 1),
            kind="merge",
        ),
    ),
    (
        "Dense",
        [(3,), (4,)],
        {"units": 2},
        Refusal(
            "takes one input, but gets 2",
            label="Dense takes one input",
            help="merge them first, with Concatenate or Add",
            parties=(0, 1),
            kind="count",
        ),
    ),
    (
        "Dense",
        [(5, None)],
        {"units": 2},
        Refusal(
            "needs to know how long the last axis is, but gets (5, ?)",
            label="a length that varies",
            help="its kernel has weights for each place on the last axis: "
            "give the input fixed lengths, or average over what varies (GlobalAveragePooling1D, 2D)",
            parties=(0,),
            kind="size",
        ),
    ),
    (
        "Conv2D",
        [(784,)],
        {"filters": 8, "kernel_size": 3},
        Refusal(
            "needs height, width and channels, but gets (784,)",
            label="Conv2D needs 3 axes",
            help="put `reshaped: {layer: Reshape, target_shape: [28, 28, 1]}` before it",
            parties=(0,),
            kind="rank",
        ),
    ),
    (
        "MaxPooling2D",
        [(28, 28)],
        {},
        Refusal(
            "needs height, width and channels, but gets (28, 28)",
            label="MaxPooling2D needs 3 axes",
            help="put `reshaped: {layer: Reshape, target_shape: [28, 28, 1]}` before it, or use MaxPooling1D",
            parties=(0,),
            kind="rank",
        ),
    ),
    (
        "Conv1D",
        [(32, 32, 3)],
        {"filters": 8, "kernel_size": 3, "data_format": "channels_first"},
        Refusal(
            "needs channels and steps, but gets (32, 32, 3)",
            label="Conv1D needs 2 axes",
            help="put a Reshape before it, or use Conv2D",
            parties=(0,),
            kind="rank",
        ),
    ),
    (
        "Conv2D",
        [(3, 3, 8)],
        {"filters": 8, "kernel_size": 5},
        Refusal(
            "needs at least 5 × 5, but gets (3, 3, 8)",
            label="the window is larger than its input",
            help="use a smaller `kernel_size` or `padding: same`, or shrink less before it",
            option="kernel_size",
            parties=(0,),
            kind="size",
        ),
    ),
    (
        "MaxPooling1D",
        [(2, 8)],
        {"pool_size": 3},
        Refusal(
            "needs at least 3 steps, but gets (2, 8)",
            label="the window is larger than its input",
            help="use a smaller `pool_size` or `padding: same`, or shrink less before it",
            option="pool_size",
            parties=(0,),
            kind="size",
        ),
    ),
    (
        "Conv2D",
        [(8, 8, 3)],
        {"filters": 8, "kernel_size": 3, "groups": 2},
        Refusal(
            "cannot split 3 channels into 2 groups",
            label="does not divide",
            help="`groups` must divide the 8 filters and the 3 channels that come in",
            option="groups",
            kind="option",
        ),
    ),
    (
        "Reshape",
        [(784,)],
        {"target_shape": [28, 28, 3]},
        Refusal(
            "cannot make [28, 28, 3] out of (784,)",
            label="asks for 2352 numbers",
            help="the product of the lengths must be 784, as in the input; one may be -1: the rest",
            option="target_shape",
            parties=(0,),
            kind="size",
        ),
    ),
    (
        "RepeatVector",
        [(4, 4)],
        {"n": 3},
        Refusal(
            "needs a vector, but gets (4, 4)",
            label="RepeatVector needs 1 axis",
            help="put a Flatten before it",
            parties=(0,),
            kind="rank",
        ),
    ),
    (
        "LSTM",
        [(16,)],
        {"units": 3},
        Refusal(
            "needs steps and features, but gets (16,)",
            label="LSTM needs 2 axes",
            help="put a Reshape before it that makes [steps, features]; "
            "a recurrent layer before it must have `return_sequences: true`",
            parties=(0,),
            kind="rank",
        ),
    ),
    (
        "BatchNormalization",
        [(None, 4)],
        {"axis": 1},
        Refusal(
            "needs to know how long axis 1 is, but gets (?, 4)",
            label="a length that varies",
            help="it has a weight for each place on that axis: give the input a fixed length there",
            parties=(0,),
            kind="size",
        ),
    ),
    (
        "Dense",
        [(4,)],
        {"units": 2, "activation": "glu"},
        Refusal(
            "cannot use glu, which halves its input: Keras continues with the shape before it",
            label="glu halves the last axis",
            help="write it as two layers, one of them with `activation: sigmoid`, "
            "and merge them with Multiply",
            option="activation",
            kind="option",
        ),
    ),
    (
        "DepthwiseConv2D",
        [(4, 4, 2)],
        {"kernel_size": 3, "depthwise_initializer": {"initializer": "identity", "gain": 2.0}},
        Refusal(
            "cannot start its kernel, of shape (3, 3, 2, 1), with Identity",
            label="Identity needs exactly 2 axes",
            help="use another initializer, such as glorot_uniform for kernels and zeros for biases",
            option="depthwise_initializer",
            kind="option",
        ),
    ),
    (
        "Dense",
        [(4,)],
        {"units": 2, "dtype": "string"},
        Refusal(
            "cannot have weights of type string",
            label="not a type for weights",
            help="leave `dtype` out, or write float32",
            option="dtype",
            kind="option",
        ),
    ),
]


@pytest.mark.parametrize(
    ("layer", "shapes", "options", "refusal"),
    REFUSALS,
    ids=[f"{each[0]}: {each[3].message}" for each in REFUSALS],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(
    layer: str, shapes: list[Shape], options: dict[str, Any], refusal: Refusal
) -> None:
    assert infer(layer, tuple(shapes), options) == refusal
