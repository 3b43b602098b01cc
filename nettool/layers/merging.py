"""Merges number by number: Add, Subtract, Multiply, Average, Maximum and Minimum."""

from itertools import zip_longest

from nettool.layers.layer import Layer, Rule
from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.reading import Options


def elementwise(layer: str, verb: str) -> Rule:
    """The rule of a merge that takes the inputs number by number.

    Shapes are aligned at their ends and a length of 1 spreads over the other, as in Keras's
    src/layers/merging/base_merge.py.
    """

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        merged = shapes[0]
        for place, shape in enumerate(shapes[1:], start=1):
            wider = broadcast(merged, shape)
            if wider is None:
                return _refused(layer, verb, shapes, place)
            merged = wider
        return Outcome(merged)

    return rule


def broadcast(one: Shape, other: Shape) -> Shape | None:
    """The shape of two tensors taken number by number; None if they do not fit (a None length fits any)."""
    merged: list[int | None] = []
    for length, second in zip_longest(reversed(one), reversed(other), fillvalue=1):
        if length is not None and second is not None and length != second and 1 not in (length, second):
            return None
        merged.append(_wider(length, second))
    return tuple(reversed(merged))


def _wider(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return None
    return other if one == 1 else one


def _refused(layer: str, verb: str, shapes: tuple[Shape, ...], place: int) -> Refusal:
    earlier = next(index for index, shape in enumerate(shapes) if broadcast(shape, shapes[place]) is None)
    one, other = shapes[earlier], shapes[place]
    return Refusal(
        f"cannot {verb} {shape_text(one)} and {shape_text(other)}",
        label=f"{layer} needs equal shapes",
        help=_help(one, other),
        parties=(earlier, place),
        kind="merge",
    )


def _help(one: Shape, other: Shape) -> str:
    if len(one) != len(other):
        return "bring them to the same number of axes first, with a Flatten, a Reshape or a global pooling"
    if broadcast(one[:-1], other[:-1]) is None:
        return "make their lengths equal (`padding: same`, equal strides and pooling), or crop the larger"
    if len(one) == 1:
        return f"give both {one[-1]} or both {other[-1]} units, or join them with Concatenate"
    return (
        f"give both {one[-1]} or both {other[-1]} channels "
        "(a convolution with kernel_size 1 changes their number), or join them with Concatenate"
    )


def _merge(name: str, verb: str, meaning: str, sign: str, other_names: tuple[str, ...] = ()) -> Layer:
    return Layer(
        name=name,
        meaning=meaning,
        shape_words="inputs of equal shapes → that shape; a length of 1 spreads over the other's, "
        "aligned at their ends",
        rule=elementwise(name, verb),
        inputs="two" if name == "Subtract" else "many",
        mask="merges",
        sign=sign,
        other_names=other_names,
    )


LAYERS = (
    _merge("Add", "add", "adds its inputs number by number", "+", ("sum", "plus")),
    _merge("Subtract", "subtract", "subtracts the second input from the first", "−"),
    _merge("Multiply", "multiply", "multiplies its inputs number by number", "×", ("mul", "product")),
    _merge("Average", "average", "averages its inputs number by number", "avg", ("mean",)),
    _merge(
        "Maximum",
        "take the maximum of",
        "keeps the largest of its inputs, number by number",
        "max",
        ("max",),
    ),
    _merge(
        "Minimum",
        "take the minimum of",
        "keeps the smallest of its inputs, number by number",
        "min",
        ("min",),
    ),
)
