"""Activations as layers: the shape stays; only PReLU learns something."""

from nettool.layers.axes import positions
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight, shape_text
from nettool.layers.reading import Options, listed
from nettool.layers.regularization import same_shape
from nettool.layers.rule import Rule


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


RULES: dict[str, Rule] = {
    **dict.fromkeys(("Activation", "ReLU", "LeakyReLU", "ELU", "Identity", "Masking"), same_shape),
    "Softmax": softmax,
    "PReLU": prelu,
}
