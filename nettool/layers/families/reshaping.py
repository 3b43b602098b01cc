"""Flatten, Reshape, Permute and RepeatVector: the same numbers in another order of axes."""

from math import prod
from typing import cast

from nettool.layers.layer import Layer, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.reading import Options, number_of


def flatten(shapes: tuple[Shape, ...], options: Options) -> Outcome:
    """One axis with all the numbers; it varies if one of the lengths does."""
    (shape,) = shapes
    known = [length for length in shape if length is not None]
    return Outcome((prod(known) if len(known) == len(shape) else None,))


def reshape(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The target shape, -1 replaced by what is left; unknown lengths are only checked when data comes."""
    (shape,) = shapes
    target = cast(list[int], options["target_shape"])
    known = [length for length in shape if length is not None]
    if len(known) < len(shape):
        return Outcome(tuple(None if length == -1 else length for length in target))
    size, asked = prod(known), prod(length for length in target if length != -1)
    if size == asked or (-1 in target and size % asked == 0):
        return Outcome(tuple(size // asked if length == -1 else length for length in target))
    return Refusal(
        f"cannot make {target} out of {shape_text(shape)}",
        label=_count(target, asked),
        help=f"the product of the lengths must be {size}, as in the input; one may be -1: the rest",
        option="target_shape",
        parties=(0,),
        kind="size",
    )


def permute(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The axes in the order of `dims`, which counts from 1."""
    (shape,) = shapes
    dims = cast(list[int], options["dims"])
    if len(dims) == len(shape):
        return Outcome(tuple(shape[axis - 1] for axis in dims))
    return Refusal(
        f"orders {len(dims)} axes, but gets {shape_text(shape)}",
        label=f"{len(dims)} axes",
        help=f"`dims` must name each of the {len(shape)} axes once, counted from 1 without the batch",
        option="dims",
        parties=(0,),
        kind="rank",
    )


def repeat_vector(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """A vector n times over, as n steps."""
    (shape,) = shapes
    if len(shape) == 1:
        return Outcome((number_of(options, "n"), *shape))
    return Refusal(
        f"needs a vector, but gets {shape_text(shape)}",
        label="RepeatVector needs 1 axis",
        help="put a Flatten before it",
        parties=(0,),
        kind="rank",
    )


def _count(target: list[int], asked: int) -> str:
    return f"does not divide by {asked}" if -1 in target else f"asks for {asked} numbers"


LAYERS = (
    Layer(
        name="Flatten",
        meaning="writes all numbers in one row",
        shape_words="(a, b, …) → (a × b × …)",
        rule=flatten,
        traits=traits("same numbers", "same places", "same range", "same values"),
    ),
    Layer(
        name="Reshape",
        meaning="the same numbers in another shape",
        shape_words="(…) → target_shape, with as many numbers; -1 stands for whatever is left",
        rule=reshape,
        example={"target_shape": [7, 7, 64]},
        traits=traits("same numbers", "same places", "same range", "same values"),
        other_names=("view",),
    ),
    Layer(
        name="Permute",
        meaning="swaps the axes",
        shape_words="(a, b, …) → the same lengths in the order of `dims`, counted from 1",
        rule=permute,
        example={"dims": [2, 1]},
        traits=traits("same range", "same values"),
    ),
    Layer(
        name="RepeatVector",
        meaning="repeats a vector as the steps of a sequence",
        shape_words="(features) → (n, features)",
        rule=repeat_vector,
        example={"n": 4},
    ),
)
