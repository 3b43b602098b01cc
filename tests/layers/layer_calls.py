"""Calls of layers to try: input shapes and options, mostly sensible ones, each option of its kind."""

import re
from typing import Any

from hypothesis import strategies as st

from nettool.layers.catalogue import catalogue, merge_names
from nettool.layers.definition import LayerDefinition
from nettool.layers.outcome import Shape

Call = tuple[tuple[Shape, ...], dict[str, Any]]


def calls(layer: str) -> st.SearchStrategy[Call]:
    """Input shapes and options for one call of a layer."""
    definition = catalogue()[layer]
    return st.tuples(_shapes(definition), _options(definition))


def mostly(*values: Any, seldom: Any = ()) -> st.SearchStrategy[Any]:
    """One of the values; each of the seldom ones about once in twenty times."""
    weight = 20 // len(values) + 1
    return st.sampled_from([*(value for value in values for _ in range(weight)), *seldom])


LENGTHS = mostly(1, 2, 3, 4, 5, 6, 7, seldom=(None,))
SMALL = st.integers(1, 3)
AXES = mostly(-1, 1, 2, seldom=(-2, 3, 0, -4))
FREE_RANK = {
    "Dense": (1, 3),
    "Flatten": (0, 3),
    "Embedding": (0, 2),
    "Permute": (1, 3),
    "RepeatVector": (1, 2),
}


def _shapes(definition: LayerDefinition) -> st.SearchStrategy[tuple[Shape, ...]]:
    if definition.name == "Dot":
        return st.tuples(*[_shape(1, 3, lengths=mostly(2, 3, seldom=(None,)))] * 2)
    if definition.name in merge_names():
        return _related_shapes(2 if definition.inputs == "two" else 3)
    dimensions = _dimensions(definition.name)
    if dimensions is not None:
        right = st.tuples(*[LENGTHS] * (dimensions + 1))
        return st.tuples(st.one_of(*[right] * 7, _shape(0, 5)))
    if definition.family == "recurrent":
        return st.tuples(st.one_of(*[_shape(2, 2)] * 7, _shape(0, 4)))
    return st.tuples(_shape(*FREE_RANK.get(definition.name, (0, 3))))


def _shape(fewest: int, most: int, lengths: st.SearchStrategy[Any] = LENGTHS) -> st.SearchStrategy[Shape]:
    return st.lists(lengths, min_size=fewest, max_size=most).map(tuple)


def _related_shapes(most: int) -> st.SearchStrategy[tuple[Shape, ...]]:
    """Shapes that nearly fit: the same one, with a length changed to 1 or to another or with fewer axes."""

    @st.composite
    def draw_shapes(draw: st.DrawFn) -> tuple[Shape, ...]:
        base = draw(_shape(1, 3, mostly(1, 3, 4, None)))
        shapes = [base]
        for _ in range(draw(st.integers(1, most)) - 1 if most > 2 else draw(mostly(1, seldom=(0, 2)))):
            other = list(base)
            change = draw(mostly("none", "none", "length", seldom=("fewer", "fewer")))
            if change == "length":
                other[draw(st.integers(0, len(base) - 1))] = draw(LENGTHS)
            shapes.append(tuple(other[1:] if change == "fewer" else other))
        return tuple(shapes)

    return draw_shapes()


def _options(definition: LayerDefinition) -> st.SearchStrategy[dict[str, Any]]:
    required, optional = {}, {}
    for option in definition.options.values():
        (required if option.required else optional)[option.name] = _values(definition.name, option.name)
    return st.fixed_dictionaries(required, optional=optional)


def _values(layer: str, option: str) -> st.SearchStrategy[Any]:
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
        return st.booleans()
    raise LookupError(f"no values to try for `{option}` of {layer}")


SIZES = {
    "kernel_size": SMALL,
    "pool_size": SMALL,
    "size": SMALL,
    "strides": SMALL,
    "dilation_rate": mostly(1, 1, 1, 2),
}


def _sizes(layer: str, option: str, dimensions: int) -> st.SearchStrategy[Any]:
    if layer == "UpSampling1D":
        return SMALL
    number = mostly(1, 1, 2, 3) if option == "strides" and "Conv" in layer else SIZES[option]
    lists = st.lists(number, min_size=dimensions, max_size=dimensions)
    return st.one_of(number, lists, st.none()) if "Pool" in layer and option == "strides" else number | lists


def _margins(dimensions: int) -> st.SearchStrategy[Any]:
    number = st.integers(0, 2)
    pair = st.lists(number, min_size=2, max_size=2)
    if dimensions == 1:
        return number | pair
    entries = st.lists(number, min_size=dimensions, max_size=dimensions)
    return st.one_of(number, entries, st.lists(pair, min_size=dimensions, max_size=dimensions))


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

VALUES: dict[Any, st.SearchStrategy[Any]] = {
    "activation": mostly("relu", "tanh", "softmax", "swish", seldom=("glu",)),
    "alpha": st.floats(0, 2),
    "axes": mostly(1, 2, -1, [1, 2], [2, 1], seldom=([-1, 1], 0, -2, [3, 1], -4)),
    "axis": AXES,
    "data_format": mostly(None, "channels_last", "channels_first"),
    "depth_multiplier": SMALL,
    "dims": st.permutations([1, 2]) | st.permutations([1, 2, 3]) | st.just([1]),
    "dropout": st.floats(0, 1),
    "dtype": mostly("float32", None, seldom=("mixed_float16", "float64")),
    "epsilon": mostly(0.001, 0.1),
    "filters": st.integers(1, 6),
    "groups": mostly(1, 2, 3),
    "input_dim": st.integers(1, 4),
    "interpolation": st.sampled_from(["nearest", "bilinear", "bicubic"]),
    "l1": st.floats(0, 1),
    "l2": st.floats(0, 1),
    "lora_alpha": mostly(None, 2),
    "lora_rank": mostly(None, seldom=(1,)),
    "mask_value": mostly(0, 1.5),
    "max_value": mostly(None, 6),
    "momentum": mostly(0.9, 0.99),
    "n": SMALL,
    "negative_slope": st.floats(0, 1),
    "noise_shape": mostly(None, [None, 1], [None, 1, None], [1, 3], seldom=([None, 2, 3], [2], [1, 1, 1, 1])),
    "offset": mostly(0, -1.5, [1, 2, 3]),
    "output_dim": SMALL,
    "quantization_config": st.none(),
    "rate": mostly(0.1, 0.5, 0.9, seldom=(0,)),
    "recurrent_activation": mostly("sigmoid", "tanh"),
    "recurrent_dropout": st.floats(0, 0.5),
    "renorm_clipping": mostly(None, {"rmax": 2.0}),
    "renorm_momentum": mostly(0.9),
    "return_state": mostly(False, seldom=(True,)),
    "scale": st.booleans(),
    "seed": mostly(None, 3),
    "shared_axes": mostly(None, 1, [1], [1, 2], seldom=(3,)),
    "stateful": mostly(False, seldom=(True,)),
    "stddev": st.floats(0, 1),
    "synchronized": st.just(False),
    "target_shape": st.one_of(
        st.just([-1]),
        st.lists(st.integers(1, 7), min_size=0, max_size=3),
        st.tuples(st.just(-1), st.integers(1, 4)).map(list),
    ),
    "threshold": st.floats(0, 1),
    "trainable": st.booleans(),
    "units": SMALL,
    "use_cudnn": mostly("auto", False),
    ("Conv1D", "padding"): mostly("valid", "same", "causal"),
    **{(f"Conv{rank}DTranspose", "output_padding"): mostly(None, 0, 1, [1] * rank) for rank in (1, 2, 3)},
    **{(f"Conv{rank}D", "groups"): mostly(1, 1, 2, 3) for rank in (1, 2, 3)},
    ("ELU", "alpha"): st.floats(0, 2),
    ("LSTM", "bias_initializer"): mostly("zeros", "ones", seldom=("orthogonal",)),
    ("GroupNormalization", "groups"): mostly(1, 2, 3, -1),
    ("Rescaling", "scale"): mostly(1, 0.5, [1, 2, 3], [2]),
    **{
        (name, "axis"): st.one_of(*[AXES] * 3, st.lists(AXES, min_size=1, max_size=2))
        for name in ("LayerNormalization", "RMSNormalization", "UnitNormalization", "Softmax")
    },
}
