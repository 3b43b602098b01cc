"""Noise and dropout: the shape stays and nothing is learnt."""

from typing import cast

from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.reading import Options
from nettool.layers.rule import Rule
from nettool.layers.spatial import split


def same_shape(shapes: tuple[Shape, ...], options: Options) -> Outcome:
    """Whatever comes in comes out."""
    return Outcome(shapes[0])


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
    return all(wanted in (None, 1, length) or length is None for wanted, length in pairs)


RULES: dict[str, Rule] = {
    "Dropout": dropout,
    "AlphaDropout": dropout,
    "GaussianDropout": same_shape,
    "GaussianNoise": same_shape,
    "ActivityRegularization": same_shape,
    **{f"SpatialDropout{rank}D": spatial_dropout(f"SpatialDropout{rank}D", rank) for rank in (1, 2, 3)},
}
