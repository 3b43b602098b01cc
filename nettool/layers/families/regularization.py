"""Noise and dropout: the shape stays and nothing is learned."""

from typing import cast

from nettool.kinds.kind import Number
from nettool.layers.layer import SAME_SHAPE, Layer, Rule, same_shape, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.reading import Options
from nettool.layers.spatial import axis_words, split


def dropout(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The shape stays; a `noise_shape` must spread over it."""
    (shape,) = shapes
    noise = options["noise_shape"]
    if noise is None or _spreads(cast(list[int | None], noise), shape):
        return Outcome(shape)
    return Refusal(
        f"has a `noise_shape` that does not spread over {shape_text(shape)}",
        label="does not fit the input",
        help=f"write {len(shape) + 1} entries, the batch (null) first: null, 1 or the length of the axis",
        option="noise_shape",
        kind="option",
    )


def spatial_dropout(layer: str, rank: int) -> Rule:
    """The rule of SpatialDropout, which drops whole channels and so must know where they are."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, rank, shapes[0], options)
        return spatial if isinstance(spatial, Refusal) else Outcome(shapes[0])

    return rule


def _spreads(noise: list[int | None], shape: Shape) -> bool:
    batch, *lengths = noise
    if batch not in (None, 1) or len(lengths) != len(shape):
        return False
    pairs = zip(lengths, shape, strict=True)
    return all(asked in (None, 1, length) or length is None for asked, length in pairs)


_BELOW_ONE = Number(0, 1, below=True)
_TRAITS = traits("random", "same places", "same values", "step by step")


def _spatial(rank: int, what: str, other_names: tuple[str, ...] = ()) -> Layer:
    name = f"SpatialDropout{rank}D"
    return Layer(
        name=name,
        meaning=f"drops whole channels of {what} while training",
        shape_words=f"{SAME_SHAPE}: ({axis_words(rank)}, channels)",
        rule=spatial_dropout(name, rank),
        example={"rate": 0.5},
        mask="passes",
        traits=traits("random", "same values", "step by step"),
        other_names=other_names,
    )


LAYERS = (
    Layer(
        name="Dropout",
        meaning="sets a random share of the values to zero while training",
        shape_words=SAME_SHAPE,
        rule=dropout,
        example={"rate": 0.5},
        mask="passes",
        traits=_TRAITS,
    ),
    Layer(
        name="AlphaDropout",
        meaning="dropout that keeps mean and variance, for networks of SELU layers",
        shape_words=SAME_SHAPE,
        rule=dropout,
        example={"rate": 0.5},
        kinds={"rate": _BELOW_ONE},
        mask="passes",
        traits=_TRAITS,
    ),
    Layer(
        name="GaussianDropout",
        meaning="multiplies by random numbers around 1 while training",
        shape_words=SAME_SHAPE,
        rule=same_shape,
        example={"rate": 0.5},
        kinds={"rate": _BELOW_ONE},
        mask="passes",
        traits=_TRAITS,
    ),
    Layer(
        name="GaussianNoise",
        meaning="adds random numbers around 0 while training",
        shape_words=SAME_SHAPE,
        rule=same_shape,
        example={"stddev": 0.1},
        mask="passes",
        traits=_TRAITS,
    ),
    _spatial(1, "a sequence"),
    _spatial(2, "an image", ("dropout2d",)),
    _spatial(3, "a volume"),
    Layer(
        name="ActivityRegularization",
        meaning="adds a penalty on large values to the loss",
        shape_words=SAME_SHAPE,
        rule=same_shape,
        mask="passes",
        traits=traits("same numbers", "same places", "same values"),
    ),
)
