"""Dot: the products of two inputs, added up along an axis of each."""

from nettool.layers.axes import position
from nettool.layers.layer import Layer
from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.products import LayerCall, times
from nettool.layers.reading import Options, spread


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


def multiply_adds(call: LayerCall) -> int | None:
    """Each number that comes out sums along the axis that is taken away."""
    axis = spread(call.options, "axes", 2)[0]
    return times(*call.shape, ((1, *call.shapes[0]))[axis])


LAYERS = (
    Layer(
        name="Dot",
        meaning="multiplies two inputs and adds up along an axis",
        shape_words="two inputs → the axes of both without the one of each that `axes` names; "
        "(1) if none is left",
        rule=dot,
        inputs="two",
        multiply_adds=multiply_adds,
        example={"axes": -1},
        sign="·",
    ),
)
