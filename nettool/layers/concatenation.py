"""Concatenate: the inputs one behind the other along an axis."""

from nettool.layers.axes import position
from nettool.layers.layer import Layer, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.reading import Options, number_of
from nettool.vocabulary.layer_options import WHOLE


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
            refusal = _unequal(shapes[earlier], shape, axis, (earlier, place))
            if refusal is not None:
                return refusal
        fitting[alike] = place
    lengths = [shape[axis] for shape in shapes]
    known = [length for length in lengths if length is not None]
    total = sum(known) if len(known) == len(lengths) else None
    return Outcome((*first[:axis], total, *first[axis + 1 :]))


def _unequal(one: Shape, other: Shape, axis: int, parties: tuple[int, int]) -> Refusal | None:
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


LAYERS = (
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
)
