"""Calls of layers to try: input shapes and options, mostly sensible ones, each option of its kind."""

import re
from collections.abc import Iterator
from random import Random
from typing import Any

from drawing import (
    Values,
    booleans,
    dictionaries,
    floats,
    integers,
    just,
    lists,
    mostly,
    one_of,
    permutations,
    sampled_from,
    tuples,
)

from nettool.layers.catalogue import catalogue, family_of, merge_names
from nettool.layers.families import image_preprocessing, random_images
from nettool.layers.layer import Layer
from nettool.layers.outcome import Shape

WITH_RULE = tuple(name for name, layer in catalogue().items() if layer.has_rule)
IMAGE_LAYERS = tuple(layer.name for layer in (*image_preprocessing.LAYERS, *random_images.LAYERS))
"""Preprocessing that takes one image."""

Call = tuple[tuple[Shape, ...], dict[str, Any]]


def distinct_calls(layer: str, count: int) -> Iterator[Call]:
    """Different ones of so many calls of a layer, the same ones each time: each has a seed of its own."""
    definition = catalogue()[layer]
    call = tuples(_shapes(definition), _options(definition))
    drawn = (call.draw(Random(f"{layer} {number}")) for number in range(count))
    return iter({repr(each): each for each in drawn}.values())


LENGTHS = mostly(1, 2, 3, 4, 5, 6, 7, seldom=(None, None))
SMALL = integers(1, 3)
AXES = mostly(-1, 1, 2, seldom=(-2, 3, 0, -4))
FREE_RANK = {
    "Dense": (1, 3),
    "Flatten": (0, 3),
    "Embedding": (0, 2),
    "Permute": (1, 3),
    "RepeatVector": (1, 2),
    "EinsumDense": (1, 3),
    "TimeDistributed": (1, 4),
    "SpectralNormalization": (1, 2),
    "Attention": (2, 3),
    "AdditiveAttention": (2, 3),
    "MultiHeadAttention": (2, 3),
    "GroupQueryAttention": (2, 2),
}
SEQUENCES = ("recurrent", "wrapper")


def _shapes(definition: Layer) -> Values:
    if definition.name == "Dot":
        return tuples(*[_shape(1, 3, lengths=mostly(2, 3, seldom=(None,)))] * 2)
    if definition.name in merge_names():
        return _related_shapes(2 if definition.inputs == "two" else 3)
    if definition.name == "HashedCrossing":
        return tuples(*[mostly((1,), (), seldom=((2,), (1, 1)))] * 2)
    if definition.name.endswith("Attention"):
        return _related_shapes(3, _shape(*FREE_RANK[definition.name], lengths=mostly(2, 3, seldom=(None,))))
    if definition.name.endswith("Spectrogram"):
        sound = mostly(5, 6, 7, 8, 20, seldom=(None,))
        axes = tuples(sound, SMALL) if definition.name.startswith("STFT") else tuples(sound)
        return tuples(one_of(*[axes] * 7, _shape(0, 3)))
    if definition.name in IMAGE_LAYERS or definition.name == "Pipeline":
        images = tuples(LENGTHS, LENGTHS, mostly(1, 3, seldom=(2, None)))
        return tuples(one_of(*[images] * 9, _shape(0, 4)))
    dimensions = _dimensions(definition.name)
    if definition.name.startswith("ConvLSTM") and dimensions is not None:
        right = _axes(dimensions + 2)
        return tuples(one_of(*[right] * 7, _shape(0, 5)))
    if dimensions is not None:
        right = _axes(dimensions + 1)
        return tuples(one_of(*[right] * 7, _shape(0, 5)))
    if family_of(definition.name) in SEQUENCES and definition.name not in FREE_RANK:
        return tuples(one_of(*[_shape(2, 2)] * 7, _shape(0, 4)))
    return tuples(_shape(*FREE_RANK.get(definition.name, (0, 3))))


def _shape(fewest: int, most: int, lengths: Values = LENGTHS) -> Values:
    return one_of(*(_axes(count, lengths) for count in range(fewest, most + 1)))


def _axes(count: int, lengths: Values = LENGTHS) -> Values:
    """So many lengths, sometimes small ones, which happen to fit more often."""
    return one_of(*[tuples(*[lengths] * count)] * 4, tuples(*[mostly(1, 2)] * count))


def _related_shapes(most: int, like: Values | None = None) -> Values:
    """Shapes that nearly fit: the same one, with a length changed to 1 or to another or with fewer axes."""

    def draw(random: Random) -> tuple[Shape, ...]:
        base = (like or _shape(1, 3, mostly(1, 3, 4, None))).draw(random)
        shapes = [base]
        count = random.randint(1, most) if most > 2 else 1 + mostly(1, seldom=(0, 2)).draw(random)
        for _ in range(count - 1):
            other = list(base)
            change = mostly("none", "none", "length", seldom=("fewer", "fewer")).draw(random)
            if change == "length":
                other[random.randrange(len(base))] = LENGTHS.draw(random)
            shapes.append(tuple(other[1:] if change == "fewer" else other))
        return tuple(shapes)

    return Values(draw)


def _options(definition: Layer) -> Values:
    required: dict[str, Values] = {}
    optional: dict[str, Values] = {}
    for option in definition.options.values():
        (required if option.required else optional)[option.name] = _values(definition.name, option.name)
    return dictionaries(required, optional)


def _values(layer: str, option: str) -> Values:
    found = VALUES.get((layer, option), VALUES.get(option))
    if found is not None:
        return found
    dimensions = _dimensions(layer)
    if dimensions is not None and option in SIZES:
        return _sizes(layer, option, dimensions)
    if option in ("padding", "cropping") and dimensions is not None:
        return _margins(dimensions) if layer.startswith(("Zero", "Crop")) else mostly("valid", "same")
    ending = option.rpartition("_")[2]
    if ending in BY_ENDING:
        return BY_ENDING[ending]
    default = catalogue()[layer].options[option].default
    if isinstance(default, bool):
        return booleans()
    raise LookupError(f"no values to try for `{option}` of {layer}")


SIZES = {
    "kernel_size": SMALL,
    "pool_size": SMALL,
    "output_size": SMALL,
    "size": SMALL,
    "strides": SMALL,
    "dilation_rate": mostly(1, 1, 1, 2),
}


def _sizes(layer: str, option: str, dimensions: int) -> Values:
    if layer == "UpSampling1D":
        return SMALL
    number = mostly(1, 1, 2, 3) if option == "strides" and "Conv" in layer else SIZES[option]
    each = lists(number, dimensions, dimensions)
    return one_of(number, each, just(None)) if "Pool" in layer and option == "strides" else number | each


def _margins(dimensions: int) -> Values:
    number = integers(0, 2)
    pair = lists(number, 2, 2)
    if dimensions == 1:
        return number | pair
    entries = lists(number, dimensions, dimensions)
    return one_of(number, entries, lists(pair, dimensions, dimensions))


def _dimensions(layer: str) -> int | None:
    found = re.search(r"([123])D", layer)
    return int(found[1]) if found else None


BY_ENDING = {
    "initializer": mostly(
        "glorot_uniform",
        "zeros",
        "RandomNormal",
        {"initializer": "he_normal", "seed": 3},
        seldom=("identity", "Orthogonal", None),
    ),
    "regularizer": mostly("l2", None, {"regularizer": "L1", "l1": 0.1}),
    "constraint": mostly("non_neg", None, {"constraint": "max_norm", "max_value": 3}),
}

A_LSTM = {"layer": "LSTM", "units": 2}
SHARES = floats(0, 1) | just([0.2, 0.5])
SIGNED_SHARES = floats(-1, 1) | just([-0.2, 0.5])
A_MODE = sampled_from(["int", "one_hot", "multi_hot", "count"])

VALUES: dict[Any, Values] = {
    "activation": mostly("relu", "tanh", "softmax", "swish", seldom=("glu",)),
    "alpha": floats(0.1, 2),
    "attention_axes": mostly(None, 1, [1], seldom=([1, 2], 2, -1, 0, -2)),
    "backward_layer": mostly(
        None,
        {"layer": "GRU", "units": 2, "go_backwards": True},
        seldom=({"layer": "GRU", "units": 2}, {"layer": "LSTM", "units": 1, "go_backwards": True}),
    ),
    "bias_axes": mostly(None, "c", "d", seldom=("", "bd", "z", "a")),
    "bin_boundaries": mostly([0.5], [0, 1, 2], seldom=(None,)),
    "bins": sampled_from([16, 256]),
    "cell": sampled_from(
        [
            {"layer": "LSTMCell", "units": 2, "recurrent_dropout": 0.2},
            {"layer": "GRUCell", "units": 3, "reset_after": False, "trainable": False},
            {"layer": "SimpleRNNCell", "units": 1, "use_bias": False},
            {
                "layer": "StackedRNNCells",
                "cells": [A_LSTM | {"layer": "LSTMCell"}, {"layer": "GRUCell", "units": 3}],
                "trainable": False,
            },
            {"layer": "SimpleRNNCell", "units": 2, "kernel_initializer": "identity"},
            {"layer": "Dense", "units": 2},
        ]
    ),
    "cells": just([{"layer": "LSTMCell", "units": 2}]),
    "chain_depth": SMALL,
    "clip_limit": mostly(0, 4),
    "embeddings_initializer": mostly(
        "uniform", {"initializer": "he_normal", "seed": 3}, seldom=("identity",)
    ),
    "equation": mostly(
        *("ab,bc->ac", "abc,cd->abd", "...x,xy->...y", "...bc,bcd->...d", "abc,cd->adb", "ab...,bc->ac..."),
        seldom=("ab,bc->abd", "abb,bc->ac", "ab,bc->", "abc,bd->ad", "abc,bcd->abd"),
    ),
    "factor": SHARES,
    "fft_length": mostly(8, 6, seldom=(3,)),
    "fill_mode": sampled_from(["constant", "nearest", "reflect", "wrap"]),
    "fill_value": floats(0, 1),
    "flash_attention": mostly(None, False, seldom=(True,)),
    "frame_length": mostly(4, 5, seldom=(1,)),
    "frame_step": mostly(None, 1, 3, seldom=(9,)),
    "gptq_unpacked_column_size": just(None),
    "head_dim": SMALL,
    "height": SMALL,
    "key_dim": SMALL,
    "logit_soft_cap": mostly(None, 30.0),
    "max_number": SMALL,
    "mean": mostly(None, 1.5, [1, 2], seldom=([1, 2, 3], [[1], [2]])),
    "merge_mode": mostly("concat", "sum", "mul", "ave", seldom=(None,)),
    "mode": mostly("log", "magnitude", "psd", "real", "imag", "angle", "stft"),
    "num_bins": integers(1, 4),
    "num_chains": SMALL,
    "num_heads": SMALL,
    "num_key_value_heads": mostly(1, 2),
    "num_mel_bins": SMALL,
    "num_ops": SMALL,
    "num_query_heads": mostly(2, 4, seldom=(3,)),
    "num_tokens": mostly(1, 3, seldom=(None,)),
    "output_mode": A_MODE,
    "power_iterations": SMALL,
    "reverse_dtype": mostly(None, "float32"),
    "salt": mostly(None, 3),
    "scaling": mostly("density", "spectrum", None),
    "score_mode": sampled_from(["dot", "concat"]),
    "sequence_length": mostly(None, 4, seldom=(9,)),
    "sequence_stride": mostly(2, 3, 4),
    "sigma": SHARES,
    "sliding_window": mostly(None, 1, 2),
    "tile_grid_size": mostly([1, 2], [2, 2], [3, 4], seldom=([8, 8],)),
    "value_dim": mostly(None, 2),
    "value_range": mostly([0, 255], [0, 1]),
    "variance": mostly(None, 1.5, [1, 2]),
    "width": SMALL,
    "window": mostly("hann", "hamming", None),
    "axes": mostly(1, 2, -1, [1, 2], [2, 1], seldom=([-1, 1], 0, -2, [3, 1], -4)),
    "axis": AXES,
    "data_format": mostly(None, "channels_last", "channels_first"),
    "depth_multiplier": SMALL,
    "dims": permutations([1, 2]) | permutations([1, 2, 3]) | just([1]),
    "dropout": floats(0, 1),
    "dtype": mostly("float32", None, seldom=("mixed_float16", "float64")),
    "epsilon": mostly(0.001, 0.1),
    "filters": integers(1, 6),
    "groups": mostly(1, 2, 3),
    "input_dim": integers(1, 4),
    "interpolation": sampled_from(["nearest", "bilinear"]),
    "l1": floats(0, 1),
    "l2": floats(0, 1),
    "lora_alpha": mostly(None, 2),
    "lora_rank": mostly(None, seldom=(1,)),
    "mask_value": mostly(0, 1.5),
    "max_value": mostly(None, 6),
    "momentum": mostly(0.9, 0.99),
    "n": SMALL,
    "negative_slope": floats(0, 1),
    "noise_shape": mostly(None, [None, 1], [None, 1, None], [1, 3], seldom=([None, 2, 3], [2], [1, 1, 1, 1])),
    "offset": mostly(0, -1.5, [1, 2, 3]),
    "output_dim": SMALL,
    "quantization_config": just(None),
    "rate": mostly(0.1, 0.5, 0.9, seldom=(0,)),
    "recurrent_activation": mostly("sigmoid", "tanh"),
    "recurrent_dropout": floats(0, 0.5),
    "renorm_clipping": mostly(None, {"rmax": 2.0}),
    "renorm_momentum": mostly(0.9),
    "return_state": mostly(False, seldom=(True,)),
    "scale": booleans(),
    "seed": mostly(None, 3),
    "shared_axes": mostly(None, 1, [1], [1, 2], seldom=(3,)),
    "stateful": mostly(False, seldom=(True,)),
    "stddev": floats(0, 1),
    "synchronized": just(False),
    "target_shape": one_of(
        just([-1]),
        lists(integers(1, 7), 0, 3),
        tuples(just(-1), integers(1, 4)).map(list),
    ),
    "threshold": floats(0, 1),
    "trainable": booleans(),
    "units": SMALL,
    "use_cudnn": mostly("auto", False),
    ("Conv1D", "padding"): mostly("valid", "same", "causal"),
    **{(f"Conv{rank}DTranspose", "output_padding"): mostly(None, 0, 1, [1] * rank) for rank in (1, 2, 3)},
    **{(f"Conv{rank}D", "groups"): mostly(1, 1, 2, 3) for rank in (1, 2, 3)},
    **{
        (name, option): values
        for name, options in {
            "MelSpectrogram": {
                "fft_length": mostly(8, 6),
                "max_freq": mostly(None, 4000),
                "min_freq": mostly(20.0),
                "sampling_rate": mostly(16000),
                "window": mostly("hann"),
                **dict.fromkeys(("top_db", "mag_exp", "min_power", "ref_power"), mostly(1.0, 2.0)),
            },
            "STFTSpectrogram": {
                "fft_length": mostly(None, 8, 5, seldom=(3,)),
                "window": mostly("hann", None),
            },
            "RandomColorJitter": {
                **dict.fromkeys(("contrast_factor", "hue_factor"), mostly(None, None, 0.5, [0.2, 0.5])),
                **dict.fromkeys(("brightness_factor", "saturation_factor"), mostly(None, None, -0.5)),
            },
            "Solarization": {"addition_factor": SHARES, "threshold_factor": SHARES},
            "RandomShear": {"x_factor": SHARES, "y_factor": SHARES},
            "RandomTranslation": {"height_factor": SIGNED_SHARES, "width_factor": SIGNED_SHARES},
            "RandomZoom": {"height_factor": mostly(-0.5, 0.2, [-0.2, 1]), "width_factor": mostly(None, 0.3)},
            "RandomFlip": {"mode": sampled_from(["horizontal", "vertical", "horizontal_and_vertical"])},
            "RandomErasing": {"scale": SHARES, "fill_value": mostly(None, 0.5)},
            "RandomElasticTransform": {"scale": SHARES},
            "RandomPerspective": {"scale": floats(0, 1)},
            "RandomGrayscale": {"factor": floats(0, 1)},
            "RandomPosterization": {"factor": mostly(1, 8, [2, 5])},
            "RandomGaussianBlur": {"kernel_size": mostly(1, 3, [3, 5], seldom=(2,))},
            "Resizing": {"fill_mode": mostly("constant")},
            "Normalization": {"axis": one_of(AXES, just(None), lists(AXES, 1, 2))},
            "CategoryEncoding": {"output_mode": sampled_from(["one_hot", "multi_hot", "count"])},
            "HashedCrossing": {"output_mode": sampled_from(["int", "one_hot"]), "sparse": just(False)},
            "Discretization": {"num_bins": mostly(None, None, seldom=(3,))},
            "Hashing": {
                "dtype": mostly(None, seldom=("float32",)),
                "mask_value": mostly(None, 0),
                "output_mode": mostly("int", "one_hot", "multi_hot", "count"),
            },
            "Bidirectional": {
                "of": mostly(
                    *(A_LSTM, A_LSTM | {"trainable": False}, A_LSTM | {"return_sequences": True}),
                    *(
                        {"layer": "GRU", "units": 2},
                        {"layer": "RNN", "cell": {"layer": "LSTMCell", "units": 2}},
                    ),
                    seldom=(
                        {"layer": "TimeDistributed", "of": {"layer": "Dense", "units": 2}},
                        A_LSTM | {"go_backwards": True},
                        A_LSTM | {"return_state": True},
                        {"layer": "ReLU"},
                    ),
                )
            },
            "TimeDistributed": {
                "of": mostly(
                    *({"layer": "Dense", "units": 2, "trainable": False}, {"layer": "Flatten"}, A_LSTM),
                    *({"layer": "Conv1D", "filters": 2, "kernel_size": 2}, {"layer": "BatchNormalization"}),
                    {"layer": "Bidirectional", "of": A_LSTM | {"return_sequences": True}},
                    {"layer": "TimeDistributed", "of": {"layer": "Bidirectional", "of": A_LSTM}},
                    seldom=(
                        {"layer": "Add"},
                        {"layer": "Dense", "units": 2, "bias_initializer": "orthogonal"},
                    ),
                )
            },
            "SpectralNormalization": {
                "of": mostly(
                    *(
                        {"layer": "Dense", "units": 2},
                        {"layer": "Embedding", "input_dim": 3, "output_dim": 2},
                    ),
                    *({"layer": "Conv1D", "filters": 2, "kernel_size": 2, "trainable": False},),
                    {"layer": "DepthwiseConv1D", "kernel_size": 2},
                    seldom=(
                        *(A_LSTM, {"layer": "ReLU"}),
                        {"layer": "TimeDistributed", "of": {"layer": "Dense", "units": 2}},
                    ),
                )
            },
            "Pipeline": {
                "layers": mostly(
                    [{"layer": "CenterCrop", "height": 2, "width": 3}, {"layer": "Dense", "units": 2}],
                    [{"layer": "RandomFlip"}],
                    [
                        {"layer": "Resizing", "height": 4, "width": 4},
                        {"layer": "Conv2D", "filters": 2, "kernel_size": 3},
                    ],
                    seldom=([{"layer": "Add"}],),
                )
            },
            "EinsumDense": {
                "output_shape": mostly(2, [2], [None, 2], [None, None, 2], seldom=([2, None], [3, 2], [None]))
            },
            "MultiHeadAttention": {"output_shape": mostly(None, 3, [2, 2], seldom=([None],))},
            **{
                each: {
                    "kernel_initializer": mostly("glorot_uniform", "zeros", seldom=("identity",)),
                    "bias_initializer": mostly("zeros", "ones", seldom=("orthogonal",)),
                }
                for each in ("GroupQueryAttention",)
            },
        }.items()
        for option, values in options.items()
    },
    **{
        ("MultiHeadAttention", name): mostly("glorot_uniform", "zeros", seldom=("identity",))
        for name in ("kernel_initializer", "bias_initializer")
    },
    **{
        (name, "factor"): SIGNED_SHARES
        for name in ("RandomBrightness", "RandomColorDegeneration", "RandomRotation", "RandomSaturation")
    },
    **{(f"ConvLSTM{rank}D", "bias_initializer"): mostly("zeros", "ones") for rank in (1, 2, 3)},
    ("LSTMCell", "bias_initializer"): mostly("zeros"),
    ("ELU", "alpha"): floats(0, 2),
    ("STFTSpectrogram", "padding"): mostly("valid", "same"),
    **{
        (name, "interpolation"): sampled_from(["nearest", "bilinear", "bicubic"])
        for name in ("UpSampling2D", "Resizing")
    },
    ("LSTM", "bias_initializer"): mostly("zeros", "ones", seldom=("orthogonal",)),
    ("GroupNormalization", "groups"): mostly(1, 2, 3, -1),
    ("Rescaling", "scale"): mostly(1, 0.5, [1, 2, 3], [2]),
    **{
        (name, "axis"): one_of(*[AXES] * 3, lists(AXES, 1, 2))
        for name in ("LayerNormalization", "RMSNormalization", "UnitNormalization", "Softmax")
    },
}
