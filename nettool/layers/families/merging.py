"""Merges: number by number (Add, Subtract, Multiply …), one behind the other (Concatenate), and Dot."""

from itertools import zip_longest

from nettool.layers.axes import position
from nettool.layers.layer import Layer, Rule, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.products import LayerCall, times
from nettool.layers.reading import Options, number_of, spread
from nettool.vocabulary.layer_options import WHOLE


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


def concatenate(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The lengths along the axis add up; all the others must be equal (one that varies fits any).

    As in Keras, where a length varies in a later input only, the first input's is the output's.
    """
    first = shapes[0]
    axis = position(number_of(options, "axis"), first)
    if isinstance(axis, Refusal):
        return axis
    fitting: dict[tuple[int, Shape], int] = {}  # the first of all that are alike in what must be equal
    for place, shape in enumerate(shapes):
        alike = (len(shape), (*shape[:axis], *shape[axis + 1 :]))
        if alike in fitting:
            continue
        for earlier in fitting.values():
            refusal = _not_joined(shapes[earlier], shape, axis, (earlier, place))
            if refusal is not None:
                return refusal
        fitting[alike] = place
    lengths = [shape[axis] for shape in shapes]
    known = [length for length in lengths if length is not None]
    total = sum(known) if len(known) == len(lengths) else None
    return Outcome((*first[:axis], total, *first[axis + 1 :]))


def _not_joined(one: Shape, other: Shape, axis: int, parties: tuple[int, int]) -> Refusal | None:
    text = f"cannot join {shape_text(one)} and {shape_text(other)} along axis {axis + 1}"
    if len(one) != len(other):
        return Refusal(
            text,
            label="Concatenate needs the same number of axes",
            help="put a Flatten or a Reshape before the one with more axes",
            parties=parties,
            kind="merge",
        )
    pairs = enumerate(zip(one, other, strict=True), start=1)
    different = [place for place, (a, b) in pairs if place != axis + 1 and a != b and None not in (a, b)]
    if not different:
        return None
    return Refusal(
        text,
        label=f"axis {different[0]} differs",
        help="all lengths but the one along `axis` must be equal"
        + (
            f": write `axis: {different[0]}`, along which they would fit"
            if len(different) == 1 and one[axis] == other[axis]
            else ""
        ),
        parties=parties,
        kind="merge",
    )


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


def _dot_products(call: LayerCall) -> int | None:
    """Each number that comes out sums along the axis that is taken away."""
    axis = spread(call.options, "axes", 2)[0]
    return times(*call.shape, ((1, *call.shapes[0]))[axis])


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
    Layer(
        name="Concatenate",
        meaning="puts its inputs one behind the other",
        shape_words="inputs that are equal but along `axis` → that shape, the lengths along `axis` added up",
        rule=concatenate,
        inputs="many",
        kinds={"axis": WHOLE},
        mask="merges",
        sign="‖",
        traits=traits("same range"),
        other_names=("concat", "cat"),
    ),
    Layer(
        name="Dot",
        meaning="multiplies two inputs and adds up along an axis",
        shape_words="two inputs → the axes of both without the one of each that `axes` names; "
        "(1) if none is left",
        rule=dot,
        inputs="two",
        multiply_adds=_dot_products,
        example={"axes": -1},
        sign="·",
    ),
)
