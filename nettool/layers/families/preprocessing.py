"""Rescaling, Normalization and Pipeline: numbers brought to another range, and layers in a row."""

from typing import cast

from nettool.kinds.list_kinds import Optional
from nettool.layers.axes import length, positions
from nettool.layers.inner import inner_layer, inside
from nettool.layers.layer import SAME_SHAPE, InferInner, Layer, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight, shape_text
from nettool.layers.reading import Options, listed
from nettool.vocabulary.layer_options import AXES, NUMBER_OR_NUMBERS


def rescaling(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The shape stays; a list of factors needs one for each place on the last axis."""
    (shape,) = shapes
    for option in ("scale", "offset"):
        value = options[option]
        count = len(value) if isinstance(value, list) else 1
        if count > 1 and (not shape or shape[-1] not in (None, count)):
            return Refusal(
                f"has {count} numbers as `{option}`, but gets {shape_text(shape)}",
                label=f"{count} numbers",
                help="write one number, or one for each place on the last axis",
                option=option,
                kind="option",
            )
    return Outcome(shape)


def normalization(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """Mean and variance for each place on the axes (one for all with `axis: null`), and a count.

    Given with the options, they are no weights.
    """
    (shape,) = shapes
    axes = () if options["axis"] is None else listed(options["axis"])
    found = positions(axes, shape)
    if isinstance(found, Refusal):
        return found
    lengths = [length(axis, shape) for axis in axes]
    refusal = next((each for each in lengths if isinstance(each, Refusal)), None)
    if refusal is not None:
        return refusal
    sizes = tuple(size for place in sorted(found) if (size := shape[place]) is not None)
    if options["mean"] is None and options["variance"] is None:
        shapes_by_name = {"mean": sizes, "variance": sizes, "count": ()}
        return Outcome(shape, tuple(Weight(*item, trainable=False) for item in shapes_by_name.items()))
    mean, variance = _sizes(options["mean"]), _sizes(options["variance"])
    if mean is None or mean != variance or len(mean) > len(sizes) or not _fits(mean, sizes):
        return Refusal(
            f"needs `mean` and `variance` for {shape_text(sizes) if sizes else 'all numbers at once'}",
            label="do not fit",
            help="write one number for each, or a list for each with an entry for each place on the axis",
            option="mean" if options["mean"] is not None else "variance",
            kind="option",
        )
    return Outcome(shape)


def _fits(written: tuple[int, ...], sizes: tuple[int, ...]) -> bool:
    pairs = zip(reversed(written), reversed(sizes), strict=False)
    return all(count in (1, size) for count, size in pairs)


def _sizes(value: object) -> tuple[int, ...] | None:
    """The lengths of lists in lists of numbers; None for anything else."""
    if isinstance(value, (int, float)):
        return ()
    if not isinstance(value, list) or not value:
        return None
    inner = {_sizes(each) for each in value}
    sizes = next(iter(inner))
    return (len(value), *sizes) if len(inner) == 1 and sizes is not None else None


def pipeline(shapes: tuple[Shape, ...], options: Options, infer: InferInner) -> Outcome | Refusal | None:
    """What the last of the layers makes of what the others made, and the weights of all of them.

    Keras tries its layers out on a batch, and cannot always tell what becomes of lengths that vary.
    """
    shape = shapes[0]
    weights: tuple[Weight, ...] = ()
    for number, value in enumerate(cast(list[object], options["layers"])):
        inner = inner_layer(value)
        outcome = infer(inner, (shape,))
        if outcome is None:
            return None
        if isinstance(outcome, Refusal):
            return inside(outcome, inner, "layers", number)
        shape = outcome.shape
        weights += outcome.weights
    return None if None in shapes[0] else Outcome(shape, weights)


LAYERS = (
    Layer(
        name="Rescaling",
        meaning="multiplies by a number and adds another",
        shape_words=SAME_SHAPE,
        rule=rescaling,
        example={"scale": 0.5},
        kinds={"scale": NUMBER_OR_NUMBERS},
        mask="passes",
        traits=traits("any scale", "same places"),
    ),
    Layer(
        name="Normalization",
        meaning="subtracts the mean and divides by the deviation of the data",
        shape_words=SAME_SHAPE,
        rule=normalization,
        kinds={"axis": Optional(AXES)},
        mask="passes",
        traits=traits("any scale", "same places"),
    ),
    Layer(
        name="Pipeline",
        meaning="several preprocessing layers one after the other",
        shape_words="as its layers make it, one after the other",
        nested_rule=pipeline,
        multiply_adds=None,
        example={"layers": [{"layer": "RandomFlip"}, {"layer": "RandomRotation", "factor": 0.1}]},
    ),
)
