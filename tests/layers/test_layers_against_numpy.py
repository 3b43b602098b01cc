"""What layers compute, within networks of any length and for odd batches, against a second implementation."""

import json
import os
from typing import Any

import numpy as np
import numpy_layers as own
import pytest
from layer_calls import IMAGE_LAYERS, WITH_RULE
from numpy_layers import ACTIVATIONS, Array, Function
from numpy_recurrent import along_steps

from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.layers.catalogue import catalogue, family_of, merge_names

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

pytestmark = pytest.mark.keras

SAMPLES = 5
OPEN = 7
"""The length that an open axis (null) has when values come."""


def recurrent(kind: str) -> Function:
    return lambda inputs, weights, options: along_steps(
        kind, inputs[0], weights, options, np.ones(inputs[0].shape[:2], bool)
    )


def bidirectional(inputs: list[Array], weights: list[Array], options: dict[str, Any]) -> Array:
    inner = options["of"]
    kind, half, mask = inner["layer"], len(weights) // 2, np.ones(inputs[0].shape[:2], bool)
    there = along_steps(kind, inputs[0], weights[:half], inner, mask)
    back = along_steps(kind, inputs[0], weights[half:], {**inner, "go_backwards": True}, mask)
    return np.concatenate([there, back[:, ::-1] if inner.get("return_sequences") else back], -1)


def stacked(inputs: list[Array], weights: list[Array], options: dict[str, Any]) -> Array:
    mask, sequences = np.ones(inputs[0].shape[:2], bool), {"return_sequences": True}
    middle = along_steps("GRU", inputs[0], weights[:3], sequences, mask)
    return along_steps("LSTM", middle, weights[3:], {}, mask)


def dense(inputs: list[Array], weights: list[Array], options: dict[str, Any]) -> Array:
    return ACTIVATIONS[options.get("activation", "linear")](inputs[0] @ weights[0] + weights[1])


def dot(inputs: list[Array], _: list[Array], options: dict[str, Any]) -> Array:
    one, two = options["axes"]
    return np.einsum("bij,bkj->bik", np.moveaxis(inputs[0], one, -1), np.moveaxis(inputs[1], two, -1))


def one_hot(inputs: list[Array], _: list[Array], options: dict[str, Any]) -> Array:
    return np.eye(options["num_tokens"])[inputs[0]]


CASES: list[tuple[str, list[list[int | None]], dict[str, Any], Function]] = [
    ("Dense", [[None, 4]], {"units": 3, "activation": "tanh"}, dense),
    ("EinsumDense", [[None, 4]], {"equation": "abc,cd->abd", "output_shape": [None, 3], "bias_axes": "d"}, dense),
    ("SpectralNormalization", [[None, 4]], {"of": {"layer": "Dense", "units": 3}}, lambda i, w, o: i[0] @ w[0] + w[2]),
    ("TimeDistributed", [[7, 4]], {"of": {"layer": "Dense", "units": 3}}, dense),
    ("Conv1D", [[None, 4]], {"filters": 6, "kernel_size": 3, "padding": "causal", "dilation_rate": 2}, own.convolution),
    ("Conv1D", [[None, 4]], {"filters": 6, "kernel_size": 3, "padding": "same", "strides": 2}, own.convolution),
    ("Conv2D", [[None, 9, 4]], {"filters": 6, "kernel_size": [2, 3], "groups": 2, "activation": "relu"}, own.convolution),
    ("Conv2D", [[None, None, 2]], {"filters": 3, "kernel_size": 4, "padding": "same", "strides": 3}, own.convolution),
    ("Conv3D", [[None, 6, 5, 2]], {"filters": 3, "kernel_size": 2, "padding": "same"}, own.convolution),
    ("Conv1DTranspose", [[None, 3]], {"filters": 2, "kernel_size": 4, "strides": 3, "padding": "same"}, own.transposed),
    ("Conv2DTranspose", [[None, 5, 3]], {"filters": 2, "kernel_size": 3, "strides": 2}, own.transposed),
    ("Conv3DTranspose", [[None, 3, 3, 2]], {"filters": 2, "kernel_size": 2, "strides": 2, "padding": "same"}, own.transposed),
    ("DepthwiseConv1D", [[None, 3]], {"kernel_size": 3, "depth_multiplier": 2, "padding": "same"}, own.depthwise),
    ("DepthwiseConv2D", [[None, 6, 3]], {"kernel_size": 3, "depth_multiplier": 2, "strides": 2}, own.depthwise),
    ("SeparableConv1D", [[None, 3]], {"filters": 4, "kernel_size": 3}, own.separable),
    ("SeparableConv2D", [[None, 6, 3]], {"filters": 4, "kernel_size": 3, "padding": "same"}, own.separable),
    *[
        (f"{kind}Pooling{rank}D", [[None, *[5] * (rank - 1), 3]], {"pool_size": 3, "strides": 2, "padding": padding}, function)
        for rank in (1, 2, 3)
        for padding in ("valid", "same")
        for kind, function in (
            ("Max", own.pooling(np.max, -np.inf)),
            ("Average", own.pooling(np.nanmean, np.nan)),
        )
    ],
    *[
        (f"Adaptive{kind}Pooling{rank}D", [[*[7] * rank, 3]], {"output_size": 3}, own.adaptive(reduce))
        for rank in (1, 2, 3)
        for kind, reduce in (("Max", np.max), ("Average", np.mean))
    ],
    *[
        (f"Global{kind}Pooling{rank}D", [[*[None] * rank, 3]], {"keepdims": rank == 2}, own.over_all(reduce))
        for rank in (1, 2, 3)
        for kind, reduce in (("Max", np.max), ("Average", np.mean))
    ],
    ("BatchNormalization", [[None, 4]], {}, own.batch_normalization),
    ("LayerNormalization", [[None, 4]], {}, lambda i, w, o: own.normalized(i[0], [-1]) * w[0] + w[1]),
    ("GroupNormalization", [[None, 5, 4]], {"groups": 2}, own.group_normalization),
    ("RMSNormalization", [[None, 4]], {}, lambda i, w, o: i[0] / np.sqrt((i[0] ** 2).mean(-1, keepdims=True) + 1e-6) * w[0]),
    ("UnitNormalization", [[None, 4]], {}, lambda i, w, o: i[0] / np.linalg.norm(i[0], axis=-1, keepdims=True)),
    ("Flatten", [[3, 4]], {}, lambda i, w, o: i[0].reshape(len(i[0]), -1)),
    ("Reshape", [[None, 4]], {"target_shape": [-1, 2]}, lambda i, w, o: i[0].reshape(len(i[0]), -1, 2)),
    ("Permute", [[None, 4, 3]], {"dims": [3, 1, 2]}, lambda i, w, o: i[0].transpose(0, 3, 1, 2)),
    ("RepeatVector", [[4]], {"n": 3}, lambda i, w, o: np.stack([i[0]] * 3, 1)),
    *[(f"UpSampling{rank}D", [[None, *[2] * (rank - 1), 3]], {"size": 2 if rank == 1 else [2, 3, 1][:rank]}, own.repeated) for rank in (1, 2, 3)],
    ("ZeroPadding1D", [[None, 3]], {"padding": [1, 2]}, own.padded),
    ("ZeroPadding2D", [[None, 4, 3]], {"padding": [[1, 2], [0, 3]]}, own.padded),
    ("ZeroPadding3D", [[None, 4, 2, 3]], {"padding": [1, 0, 2]}, own.padded),
    ("Cropping1D", [[None, 3]], {"cropping": [1, 2]}, own.cropped),
    ("Cropping2D", [[None, 6, 3]], {"cropping": [[1, 2], [0, 3]]}, own.cropped),
    ("Cropping3D", [[None, 4, 5, 3]], {"cropping": [1, 0, 2]}, own.cropped),
    *[("Activation", [[None, 4]], {"activation": name}, lambda i, w, o: ACTIVATIONS[o["activation"]](i[0])) for name in ACTIVATIONS],
    ("ReLU", [[None, 4]], {"max_value": 1.0, "negative_slope": 0.5}, lambda i, w, o: np.clip(np.where(i[0] < 0, i[0] / 2, i[0]), None, 1)),
    ("LeakyReLU", [[None, 4]], {"negative_slope": 0.1}, lambda i, w, o: np.where(i[0] < 0, i[0] * 0.1, i[0])),
    ("PReLU", [[None, 4]], {"shared_axes": [1]}, lambda i, w, o: np.where(i[0] < 0, i[0] * w[0], i[0])),
    ("ELU", [[None, 4]], {"alpha": 0.5}, lambda i, w, o: np.where(i[0] < 0, 0.5 * np.expm1(i[0]), i[0])),
    ("Softmax", [[None, 4]], {"axis": 1}, lambda i, w, o: own.softmax(i[0], 1)),
    ("Embedding", [[None]], {"input_dim": 9, "output_dim": 4}, lambda i, w, o: w[0][i[0]]),
    ("ReversibleEmbedding", [[None]], {"input_dim": 9, "output_dim": 4}, lambda i, w, o: w[0][i[0]]),
    *[
        (kind, [[None, 4]], {"units": 3, **more}, recurrent(kind))
        for kind in ("SimpleRNN", "LSTM", "GRU")
        for more in ({}, {"return_sequences": True}, {"go_backwards": True})
    ],
    ("RNN", [[None, 4]], {"cell": {"layer": "StackedRNNCells", "cells": [{"layer": "GRUCell", "units": 3}, {"layer": "LSTMCell", "units": 2}]}}, stacked),
    ("Bidirectional", [[None, 4]], {"of": {"layer": "GRU", "units": 3}}, bidirectional),
    ("Bidirectional", [[None, 4]], {"of": {"layer": "LSTM", "units": 3, "return_sequences": True}}, bidirectional),
    *[
        (f"ConvLSTM{rank}D", [[None, *[5] * rank, 2]], {"filters": 3, "kernel_size": 2, "return_sequences": rank == 1}, recurrent("ConvLSTM"))
        for rank in (1, 2, 3)
    ],
    ("Attention", [[None, 4], [5, 4]], {}, own.attention),
    ("Attention", [[None, 4], [None, 3], [None, 4]], {}, own.attention),
    ("AdditiveAttention", [[None, 4], [None, 4]], {}, own.additive_attention),
    ("MultiHeadAttention", [[None, 4], [5, 3]], {"num_heads": 2, "key_dim": 3}, own.heads),
    ("GroupQueryAttention", [[None, 4], [5, 4]], {"num_query_heads": 4, "num_key_value_heads": 2, "head_dim": 3}, own.heads),
    *[
        (name, [[None, 4]] * (2 if name == "Subtract" else 3), {}, lambda i, w, o, f=function: f(i))
        for name, function in {
            "Add": sum,
            "Subtract": lambda i: i[0] - i[1],
            "Multiply": lambda i: i[0] * i[1] * i[2],
            "Average": lambda i: sum(i) / 3,
            "Maximum": lambda i: np.maximum.reduce(i),
            "Minimum": lambda i: np.minimum.reduce(i),
        }.items()
    ],
    ("Add", [[None, 4], [1, 4]], {}, lambda i, w, o: i[0] + i[1]),
    ("Concatenate", [[None, 4], [3, 4]], {"axis": 1}, lambda i, w, o: np.concatenate(i, 1)),
    ("Concatenate", [[None, 4], [None, 2]], {}, lambda i, w, o: np.concatenate(i, -1)),
    ("Dot", [[None, 4], [4, 3]], {"axes": [2, 1]}, dot),
    ("Rescaling", [[None, 4]], {"scale": 2, "offset": -1}, lambda i, w, o: i[0] * 2 - 1),
    ("Normalization", [[None, 4]], {"mean": [1, 2, 3, 4], "variance": [1, 4, 9, 16]}, lambda i, w, o: (i[0] - np.arange(1, 5)) / np.arange(1, 5)),
    ("Discretization", [[None]], {"bin_boundaries": [-0.5, 0, 1]}, lambda i, w, o: np.digitize(i[0], [-0.5, 0, 1])),
    ("CategoryEncoding", [[None, 3]], {"num_tokens": 9, "output_mode": "one_hot"}, one_hot),
    ("Embedding", [[None]], {"input_dim": 9, "output_dim": 9, "embeddings_initializer": "identity", "trainable": False}, lambda i, w, o: w[0][i[0]]),
    ("Masking", [[None, 4]], {}, lambda i, w, o: i[0]),
    ("CenterCrop", [[9, 8, 3]], {"height": 5, "width": 4}, lambda i, w, o: i[0][:, 2:7, 2:6]),
    ("Resizing", [[4, 4, 3]], {"height": 8, "width": 8, "interpolation": "nearest"}, lambda i, w, o: i[0].repeat(2, 1).repeat(2, 2)),
]  # fmt: skip

UNCHANGED = {
    *("Identity", "Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise", "ActivityRegularization"),
    *("SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"),
    *(name for name in IMAGE_LAYERS if name.startswith("Random") and name != "RandomCrop"),
    *("AugMix", "RandAugment", "MixUp", "CutMix", "Solarization"),
}
"""Layers that hand their input on as it is, except in training."""

NOT_HERE = {
    **dict.fromkeys(("LSTMCell", "GRUCell", "SimpleRNNCell", "StackedRNNCells"), "parts of RNN"),
    **dict.fromkeys(("Hashing", "HashedCrossing"), "a hash of another library"),
    **dict.fromkeys(("MelSpectrogram", "STFTSpectrogram"), "signal processing with many conventions"),
    **dict.fromkeys(("AutoContrast", "ContrastLimitedAdaptiveHistogramEqualization"), "changes of shades"),
    "Equalization": "refused",
    "MaxNumBoundingBoxes": "works on boxes",
    "Pipeline": "layers that are here",
    "RandomCrop": "resizes in its own way",
}
"""Layers with a rule that have no second implementation, each with the reason."""


def test_every_layer_with_a_rule_is_here_or_said_not_to_be() -> None:
    here = {name for name, *_ in CASES}
    assert sorted({*here, *UNCHANGED, *NOT_HERE}) == list(WITH_RULE)
    assert not here & NOT_HERE.keys()


@pytest.mark.parametrize(("name", "shapes", "options", "function"), CASES)
def test_a_layer_computes_what_numpy_does(
    name: str, shapes: list[list[int | None]], options: dict[str, Any], function: Function
) -> None:
    hold(name, shapes, options, function)


@pytest.mark.parametrize("name", sorted(UNCHANGED - {"MixUp", "CutMix"}))
def test_a_layer_changes_nothing_but_in_training(name: str) -> None:
    rank = next((int(digit) for digit in "123" if f"{digit}D" in name), 2 if name in IMAGE_LAYERS else 1)
    shape: list[int | None] = [*[24] * rank, 3] if name in IMAGE_LAYERS else [*[None] * rank, 3]
    hold(name, [shape], dict(catalogue()[name].example), lambda inputs, _, __: inputs[0])


def hold(name: str, shapes: list[list[int | None]], options: dict[str, Any], function: Function) -> None:
    import tensorflow as tf

    from nettool.engine.model.build_model import build_model

    kind = "merge" if name in merge_names() else "layer"
    whole = family_of(name) == "embedding" or name == "CategoryEncoding"
    inputs = {
        f"in{n}": {"shape": shape, "dtype": "int32" if whole else "float32"} for n, shape in enumerate(shapes)
    }
    entry = {kind: name, "from": list(inputs), **options}
    spec = {"inputs": inputs, "nodes": {"it": entry}, "outputs": ["it"]}
    model: Any = build_model(load_source(Source("spec.json", json.dumps(spec)), "spec")[0].graph)
    draws = np.random.default_rng(0)
    layer = model.get_layer("it")
    changed = [each for each in layer.weights if "seed" not in each.path]
    for each in changed:
        positive = "variance" in each.name
        each.assign(draws.uniform(0.5, 2, each.shape) if positive else draws.normal(0, 0.5, each.shape))
    signature = [tf.TensorSpec((None, *shape), "int32" if whole else "float32") for shape in shapes]
    # One trace for all lengths and batches, as in training: what is open stays unknown to Keras.
    compute = tf.function(
        lambda *values: model(list(values) if len(values) > 1 else values[0], training=False), signature
    )
    for samples in (SAMPLES, 1):
        given = [_values(draws, samples, shape, whole) for shape in shapes]
        numbers = [each if whole else each.astype(float) for each in given]
        expected = function(numbers, [np.array(each) for each in changed], options)
        found = compute(*given).numpy()
        assert found.shape == expected.shape
        assert np.allclose(found, expected, atol=2e-4)


def _values(draws: np.random.Generator, samples: int, shape: list[int | None], whole: bool) -> Array:
    full = (samples, *(OPEN if length is None else length for length in shape))
    return draws.integers(0, 9, full).astype("int32") if whole else draws.normal(size=full).astype("float32")
