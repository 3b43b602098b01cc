"""Pooling: the largest or the average value of each window, or of the whole image."""

from nettool.layers.outcome import Outcome, Refusal, Shape
from nettool.layers.reading import Options, flag, spread
from nettool.layers.rule import Rule
from nettool.layers.spatial import split, too_small
from nettool.layers.window import places


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


_NAMES = [(f"{kind}Pooling{rank}D", rank) for kind in ("Max", "Average") for rank in (1, 2, 3)]

RULES = {
    **{name: pooling(name, rank) for name, rank in _NAMES},
    **{f"Global{name}": global_pooling(f"Global{name}", rank) for name, rank in _NAMES},
}
