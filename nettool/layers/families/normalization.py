"""Normalizations: the shape stays; scale and shift along an axis are learned."""

from nettool.kinds.kind import Exactly
from nettool.kinds.list_kinds import Either
from nettool.layers.axes import length, positions
from nettool.layers.families.merging import broadcast
from nettool.layers.layer import SAME_SHAPE, Layer, always, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight, shape_text
from nettool.layers.reading import Options, flag, listed, number_of
from nettool.vocabulary.layer_options import POSITIVE, WHOLE


def batch_normalization(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """gamma, beta and the moving mean and variance, one number for each place on the axis.

    With `renorm` there are the moving deviation and the renormalization's own mean and deviation as well.
    """
    (shape,) = shapes
    size = length(number_of(options, "axis"), shape)
    if isinstance(size, Refusal):
        return size
    moving = ["moving_mean", "moving_variance"]
    if flag(options, "renorm"):
        moving += ["moving_stddev", "renorm_mean", "renorm_stddev"]
    averages = (Weight(name, (size,), trainable=False) for name in moving)
    return Outcome(shape, (*_scale_and_shift((size,), options), *averages))


def layer_normalization(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """Gamma and beta over one axis or several; without them, lengths may vary and the batch will do."""
    if not flag(options, "scale") and not flag(options, "center"):
        return unit_normalization(shapes, options)
    (shape,) = shapes
    sizes = _sizes(shape, options)
    return sizes if isinstance(sizes, Refusal) else Outcome(shape, _scale_and_shift(sizes, options))


def group_normalization(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """Gamma and beta, one number for each place on the axis, which the groups must divide; -1 groups: all."""
    (shape,) = shapes
    size = length(number_of(options, "axis"), shape)
    if isinstance(size, Refusal):
        return size
    groups = number_of(options, "groups")
    if groups != -1 and size % groups:
        return Refusal(
            f"cannot split {size} channels into {groups} groups",
            label="does not divide",
            help=f"`groups` must divide {size}, the length of the axis that is normalized",
            option="groups",
            kind="option",
        )
    return Outcome(shape, _scale_and_shift((size,), options))


def rms_normalization(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """A scale over one axis or several: the last ones, since Keras spreads it from the last axis."""
    (shape,) = shapes
    sizes = _sizes(shape, options)
    if isinstance(sizes, Refusal):
        return sizes
    if broadcast(shape, sizes) == shape:
        return Outcome(shape, (Weight("scale", sizes),))
    return Refusal(
        f"can only work along the last axes of {shape_text(shape)}",
        label="not the last axes",
        help="leave `axis` out, or put a Permute before it",
        option="axis",
        kind="option",
    )


def unit_normalization(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """No weights; every axis will do, even the batch."""
    (shape,) = shapes
    places = positions(listed(options["axis"]), shape, batch=True)
    return places if isinstance(places, Refusal) else Outcome(shape)


def _sizes(shape: Shape, options: Options) -> tuple[int, ...] | Refusal:
    """The lengths of the axes, in the order of the axes' numbers as they are written, as in Keras."""
    axes = tuple(sorted(listed(options["axis"])))
    places = positions(axes, shape)
    if isinstance(places, Refusal):
        return places
    found = [length(axis, shape) for axis in axes]
    refusal = next((size for size in found if isinstance(size, Refusal)), None)
    return refusal or tuple(size for size in found if not isinstance(size, Refusal))


def _scale_and_shift(sizes: tuple[int, ...], options: Options) -> tuple[Weight, ...]:
    names = {"gamma": flag(options, "scale"), "beta": flag(options, "center")}
    return tuple(Weight(name, sizes) for name, is_used in names.items() if is_used)


def over_steps(options: Options, rank: int) -> bool:
    """Whether a normalization over `axis` mixes the steps of a sequence."""
    return not {1, -rank}.isdisjoint(listed(options.get("axis", -1))) and rank > 1


LAYERS = (
    Layer(
        name="BatchNormalization",
        meaning="brings each channel to mean 0 and deviation 1 over the batch",
        shape_words=SAME_SHAPE,
        rule=batch_normalization,
        kinds={"axis": WHOLE},
        mask="passes",
        traits=traits("any scale", "same places", "step by step"),
        other_names=("batchnorm", "batchnorm1d", "batchnorm2d", "batchnorm3d", "bn"),
    ),
    Layer(
        name="LayerNormalization",
        meaning="brings each sample to mean 0 and deviation 1, then scales and shifts it",
        shape_words=SAME_SHAPE,
        rule=layer_normalization,
        mask="passes",
        mixes_steps=over_steps,
        traits=traits("any scale", "step by step"),
        other_names=("layernorm", "ln"),
    ),
    Layer(
        name="GroupNormalization",
        meaning="brings groups of channels of each sample to mean 0 and deviation 1",
        shape_words=SAME_SHAPE,
        rule=group_normalization,
        kinds={"axis": WHOLE, "groups": Either((POSITIVE, Exactly(-1)))},
        mask="passes",
        mixes_steps=always,
        masked_by="LayerNormalization",
    ),
    Layer(
        name="RMSNormalization",
        meaning="divides each sample by its root mean square, then scales it",
        shape_words=SAME_SHAPE,
        rule=rms_normalization,
        mixes_steps=over_steps,
        masked_by="LayerNormalization",
    ),
    Layer(
        name="UnitNormalization",
        meaning="scales each sample to length 1",
        shape_words=SAME_SHAPE,
        rule=unit_normalization,
        mask="passes",
        mixes_steps=over_steps,
    ),
)
