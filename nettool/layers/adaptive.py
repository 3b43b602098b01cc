"""Adaptive pooling: as many places as are asked for, whatever comes in."""

from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.reading import Options, spread
from nettool.layers.rule import Rule
from nettool.layers.spatial import Spatial, split, times


def adaptive_pooling(layer: str, rank: int) -> Rule:
    """The rule of AdaptiveMaxPooling and AdaptiveAveragePooling: the lengths of `output_size`."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, rank, shapes[0], options)
        if isinstance(spatial, Refusal):
            return spatial
        output_size = spread(options, "output_size", rank)
        refusal = _stops_tensorflow(layer, spatial, output_size) if "Max" in layer else None
        return refusal or Outcome(spatial.shape(output_size, spatial.channels))

    return rule


def _stops_tensorflow(layer: str, spatial: Spatial, output_size: tuple[int, ...]) -> Refusal | None:
    """Keras also tries a window that is one place longer than needed.

    Where that is longer than the input, TensorFlow's max pooling ends the whole process (a division by zero).
    """
    pairs = zip(spatial.lengths, output_size, strict=True)
    if all(length is None or -(-length // count) + 1 <= length for length, count in pairs):
        return None
    return Refusal(
        f"cannot bring {shape_text(spatial.own_shape)} to {times(output_size)}: TensorFlow stops at this",
        label="TensorFlow stops at this",
        help=f"for the largest value of all use {layer.replace('Adaptive', 'Global')}; "
        "otherwise ask for at least 2 places on each axis, and give it at least 2",
        option="output_size",
        parties=(0,),
        kind="size",
    )


RULES = {
    name: adaptive_pooling(name, rank)
    for rank in (1, 2, 3)
    for name in (f"AdaptiveMaxPooling{rank}D", f"AdaptiveAveragePooling{rank}D")
}
