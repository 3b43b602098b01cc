"""Dot: the products of two inputs, added up along an axis of each."""

from nettool.layers.axes import position
from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.reading import Options, spread
from nettool.layers.rule import Rule


def dot(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """What is left of both shapes without the two axes; (1,) if nothing is left."""
    one, other = shapes
    axes = spread(options, "axes", 2)
    places = [position(axis, shape, option="axes") for axis, shape in zip(axes, shapes, strict=True)]
    first, second = places
    if isinstance(first, Refusal):
        return first
    if isinstance(second, Refusal):
        return second
    if one[first] == other[second]:
        return Outcome((*one[:first], *one[first + 1 :], *other[:second], *other[second + 1 :]) or (1,))
    return Refusal(
        f"cannot multiply {shape_text(one)} and {shape_text(other)} along axes {first + 1} and {second + 1}",
        label="Dot needs equal lengths along its axes",
        help="choose other `axes` (counted from 1, without the batch), or make the two lengths equal",
        parties=(0, 1),
        kind="merge",
    )


RULES: dict[str, Rule] = {"Dot": dot}
