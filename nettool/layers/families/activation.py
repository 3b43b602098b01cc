"""Activations as layers: the shape stays; only PReLU learns something."""

from nettool.layers.axes import positions
from nettool.layers.layer import SAME_SHAPE, Layer, same_shape, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight, shape_text
from nettool.layers.reading import Options, listed


def softmax(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """Shares that add up to 1 along the axes; Keras only finds a wrong axis when data comes."""
    (shape,) = shapes
    places = positions(listed(options["axis"]), shape, batch=True)
    return places if isinstance(places, Refusal) else Outcome(shape)


def prelu(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """One slope (alpha) for each number that comes in, or one for all of a shared axis (counted from 1)."""
    (shape,) = shapes
    shared = () if options["shared_axes"] is None else listed(options["shared_axes"])
    if any(axis > len(shape) for axis in shared):
        return Refusal(
            f"has no axis {max(shared)}: it gets {shape_text(shape)}",
            label="`shared_axes` is out of range",
            help="axes count from 1, without the batch",
            option="shared_axes",
            kind="option",
        )
    sizes = tuple(1 if axis in shared else length for axis, length in enumerate(shape, start=1))
    known = tuple(size for size in sizes if size is not None)
    if len(known) == len(sizes):
        return Outcome(shape, (Weight("alpha", known),))
    return Refusal(
        f"needs to know every length, but gets {shape_text(shape)}",
        label="a length that varies",
        help="name the axis that varies in `shared_axes`, or use LeakyReLU",
        parties=(0,),
        kind="size",
    )


LAYERS = (
    Layer(
        name="Activation",
        meaning="bends every value with a function of your choice",
        shape_words=SAME_SHAPE,
        rule=same_shape,
        example={"activation": "relu"},
        mask="passes",
        traits=traits("same places", "step by step"),
    ),
    Layer(
        name="ReLU",
        meaning="sets negative values to zero",
        shape_words=SAME_SHAPE,
        rule=same_shape,
        mask="passes",
        activation="relu",
        traits=traits("same places"),
    ),
    Layer(
        name="LeakyReLU",
        meaning="makes negative values small",
        shape_words=SAME_SHAPE,
        rule=same_shape,
        mask="passes",
        activation="leaky_relu",
        traits=traits("same places"),
    ),
    Layer(
        name="PReLU",
        meaning="makes negative values small, by a factor that is learned",
        shape_words=SAME_SHAPE,
        rule=prelu,
        mask="passes",
        activation="prelu",
        traits=traits("same places"),
    ),
    Layer(
        name="ELU",
        meaning="bends negative values smoothly towards a floor",
        shape_words=SAME_SHAPE,
        rule=same_shape,
        mask="passes",
        activation="elu",
        traits=traits("same places"),
    ),
    Layer(
        name="Softmax",
        meaning="turns numbers into shares that add up to 1",
        shape_words=SAME_SHAPE,
        rule=softmax,
        mask="passes",
        activation="softmax",
    ),
)
