"""Pooling: the largest or the average value of each window, or of the whole image."""

from typing import Literal

from nettool.kinds.list_kinds import Optional, Sizes
from nettool.layers.layer import Layer, Rule, always, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.reading import Options, flag, spread
from nettool.layers.spatial import Spatial, axis_words, places, places_words, split, times, too_small


def pooling(layer: str, rank: int) -> Rule:
    """The rule of MaxPooling and AveragePooling; without `strides` the windows do not overlap."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, rank, shapes[0], options)
        if isinstance(spatial, Refusal):
            return spatial
        window = spread(options, "pool_size", rank)
        strides = window if options["strides"] is None else spread(options, "strides", rank)
        padding = str(options["padding"])
        refusal = too_small(spatial, window, "pool_size") if padding == "valid" else None
        if refusal is not None:
            return refusal
        return Outcome(spatial.shape(places(spatial.lengths, window, strides, padding), spatial.channels))

    return rule


def global_pooling(layer: str, rank: int) -> Rule:
    """The rule of GlobalMaxPooling and GlobalAveragePooling: one number for each channel."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, rank, shapes[0], options)
        if isinstance(spatial, Refusal):
            return spatial
        lengths = (1,) * rank if flag(options, "keepdims") else ()
        return Outcome(spatial.shape(lengths, spatial.channels))

    return rule


def adaptive_pooling(layer: str, rank: int) -> Rule:
    """The rule of AdaptiveMaxPooling and AdaptiveAveragePooling: the lengths of `output_size`."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, rank, shapes[0], options)
        if isinstance(spatial, Refusal):
            return spatial
        output_size = spread(options, "output_size", rank)
        refusal = _varies(layer, spatial) or _stops_tensorflow(layer, spatial, output_size)
        return refusal or Outcome(spatial.shape(output_size, spatial.channels))

    return rule


def _varies(layer: str, spatial: Spatial) -> Refusal | None:
    if None not in spatial.lengths:
        return None
    return Refusal(
        f"needs to know how large its input is, but gets {shape_text(spatial.own_shape)}",
        label="a length that varies",
        help=f"give the input fixed lengths; {_global_advice(layer)}",
        parties=(0,),
        kind="size",
    )


def _stops_tensorflow(layer: str, spatial: Spatial, output_size: tuple[int, ...]) -> Refusal | None:
    """Keras (3.15) also tries a window that is one place longer than needed.

    Where that is longer than the input, TensorFlow refuses to train; for the largest values it ends the
    whole process.
    """
    pairs = zip(spatial.lengths, output_size, strict=True)
    if all(length is None or -(-length // count) + 1 <= length for length, count in pairs):
        return None
    return Refusal(
        f"cannot bring {shape_text(spatial.own_shape)} to {times(output_size)}: TensorFlow stops at this",
        label="TensorFlow stops at this",
        help=f"{_global_advice(layer)}; "
        "otherwise ask for at least 2 places on each axis, and give it at least 2",
        option="output_size",
        parties=(0,),
        kind="size",
    )


def _global_advice(layer: str) -> str:
    what = "the largest value" if "Max" in layer else "the average"
    return f"for {what} of all use {layer.replace('Adaptive', 'Global')}"


Reduction = Literal["Max", "Average"]

_PARTS = {
    1: ("few steps", "all steps", "a given number of steps"),
    2: ("small square", "the whole image", "an image of a given size"),
    3: ("small cube", "the whole volume", "a volume of a given size"),
}
"""What a window covers, what there is, and what an adaptive pooling leaves."""
_WITH_MASK = "GlobalAveragePooling1D"
_OTHER_NAMES = {
    "MaxPooling2D": ("maxpool", "max_pool", "maxpooling", "pool", "pooling"),
    "AveragePooling2D": ("avgpool", "avg_pool", "averagepooling"),
    "GlobalAveragePooling2D": (
        *("adaptiveavgpool2d", "globalavgpool", "globalaveragepooling", "gap", "globalpooling"),
    ),
    "GlobalMaxPooling2D": ("adaptivemaxpool2d", "globalmaxpool", "globalmaxpooling"),
}


def _windows(reduction: Reduction, rank: int) -> Layer:
    name, lengths, window = f"{reduction}Pooling{rank}D", axis_words(rank), _PARTS[rank][0]
    keeps = "keeps the largest value of every" if reduction == "Max" else "averages every"
    return Layer(
        name=name,
        meaning=f"{keeps} {window}",
        shape_words=f"({lengths}, channels) → ({lengths}, channels); {places_words('pool')}; "
        "without `strides` the stride is the pool's size",
        rule=pooling(name, rank),
        example={} if reduction == "Max" else {"pool_size": 2},
        kinds={"strides": Optional(Sizes(rank))},
        traits=traits("same range") if name == "MaxPooling2D" else traits(),
        other_names=_OTHER_NAMES.get(name, ()),
    )


def _global(reduction: Reduction, rank: int) -> Layer:
    name, whole = f"Global{reduction}Pooling{rank}D", _PARTS[rank][1]
    keeps = "keeps the largest value of each channel" if reduction == "Max" else "averages each channel"
    kept = ", ".join("1" for _ in range(rank))
    is_blind = rank == 1 and name != _WITH_MASK
    return Layer(
        name=name,
        meaning=f"{keeps} over {whole}",
        shape_words=f"({axis_words(rank)}, channels) → (channels), "
        f"or ({kept}, channels) with `keepdims: true`",
        rule=global_pooling(name, rank),
        mask="ends" if name == _WITH_MASK else "stops",
        mixes_steps=always if is_blind else None,
        masked_by=_WITH_MASK if is_blind else None,
        other_names=_OTHER_NAMES.get(name, ()),
    )


def _adaptive(reduction: Reduction, rank: int) -> Layer:
    name = f"Adaptive{reduction}Pooling{rank}D"
    keeps = "keeps largest values" if reduction == "Max" else "averages"
    return Layer(
        name=name,
        meaning=f"{keeps} so that {_PARTS[rank][2]} remains",
        shape_words=f"({axis_words(rank)}, channels) → (*output_size, channels)",
        rule=adaptive_pooling(name, rank),
        example={"output_size": 4},
        mixes_steps=always if rank == 1 else None,
        masked_by=_WITH_MASK if rank == 1 else None,
    )


_REDUCTIONS: tuple[Reduction, ...] = ("Max", "Average")

LAYERS = tuple(
    make(reduction, rank)
    for make in (_windows, _global, _adaptive)
    for reduction in _REDUCTIONS
    for rank in (1, 2, 3)
)
