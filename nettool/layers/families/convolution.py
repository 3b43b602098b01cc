"""Convolutions: Conv, SeparableConv and DepthwiseConv in one, two and three dimensions."""

from nettool.kinds.kind import Word
from nettool.layers.layer import Layer, Rule, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight
from nettool.layers.products import Formula, LayerCall, kernel_numbers, spatial_lengths, times
from nettool.layers.reading import Options, flag, number_of, spread
from nettool.layers.spatial import (
    REACH_WORDS,
    Spatial,
    axis_words,
    known_channels,
    places,
    places_words,
    reach,
    split,
    too_small,
)


def convolution(layer: str, rank: int) -> Rule:
    """The rule of Conv: kernel (*kernel_size, channels / groups, filters), bias (filters,)."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, rank, shapes[0], options)
        if isinstance(spatial, Refusal):
            return spatial
        channels = known_channels(spatial)
        if isinstance(channels, Refusal):
            return channels
        filters, groups = number_of(options, "filters"), number_of(options, "groups")
        wrong = steps_and_gaps(rank, options) or _groups(channels, filters, groups)
        if wrong is not None:
            return wrong
        kernel = Weight("kernel", (*spread(options, "kernel_size", rank), channels // groups, filters))
        return _convolved(spatial, options, filters, (kernel,))

    return rule


def separable_convolution(layer: str, rank: int) -> Rule:
    """The rule of SeparableConv: a kernel for each channel, then a 1×1 kernel that mixes the channels."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, rank, shapes[0], options)
        if isinstance(spatial, Refusal):
            return spatial
        channels = known_channels(spatial)
        if isinstance(channels, Refusal):
            return channels
        wrong = unequal_strides(rank, options)
        if wrong is not None:
            return wrong
        filters, multiplier = number_of(options, "filters"), number_of(options, "depth_multiplier")
        kernels = (
            Weight("depthwise_kernel", (*spread(options, "kernel_size", rank), channels, multiplier)),
            Weight("pointwise_kernel", (*(1,) * rank, channels * multiplier, filters)),
        )
        return _convolved(spatial, options, filters, kernels)

    return rule


def depthwise_convolution(layer: str, rank: int) -> Rule:
    """The rule of DepthwiseConv: `depth_multiplier` kernels for each channel, none that mixes channels."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, rank, shapes[0], options)
        if isinstance(spatial, Refusal):
            return spatial
        channels = known_channels(spatial)
        if isinstance(channels, Refusal):
            return channels
        wrong = unequal_strides(rank, options)
        if wrong is not None:
            return wrong
        multiplier = number_of(options, "depth_multiplier")
        kernel = Weight("kernel", (*spread(options, "kernel_size", rank), channels, multiplier))
        return _convolved(spatial, options, channels * multiplier, (kernel,))

    return rule


def steps_and_gaps(rank: int, options: Options) -> Refusal | None:
    """Keras takes strides or dilation above 1, not both."""
    if max(spread(options, "strides", rank)) == 1 or max(spread(options, "dilation_rate", rank)) == 1:
        return None
    return Refusal(
        "cannot have both `strides` and `dilation_rate` above 1",
        label="strides and dilation exclude each other",
        help="keep one of them at 1",
        option="dilation_rate",
        kind="option",
    )


def unequal_strides(rank: int, options: Options) -> Refusal | None:
    """TensorFlow takes each channel by itself with one stride for all axes, unless there is dilation."""
    strides = spread(options, "strides", rank)
    if len(set(strides)) == 1 or max(spread(options, "dilation_rate", rank)) > 1:
        return None
    return Refusal(
        f"cannot have different `strides` along its axes: {list(strides)}",
        label="strides must be equal",
        help=f"write `strides: {max(strides)}`",
        option="strides",
        kind="option",
    )


def _convolved(
    spatial: Spatial, options: Options, filters: int, kernels: tuple[Weight, ...]
) -> Outcome | Refusal:
    rank = len(spatial.lengths)
    span = reach(spread(options, "kernel_size", rank), spread(options, "dilation_rate", rank))
    padding = str(options["padding"])
    refusal = too_small(spatial, span, "kernel_size") if padding == "valid" else None
    if refusal is not None:
        return refusal
    lengths = places(spatial.lengths, span, spread(options, "strides", rank), padding)
    bias = (Weight("bias", (filters,)),) if flag(options, "use_bias") else ()
    return Outcome(spatial.shape(lengths, filters), (*kernels, *bias))


def _groups(channels: int, filters: int, groups: int) -> Refusal | None:
    for count, what in ((filters, "filters"), (channels, "channels")):
        if count % groups:
            return Refusal(
                f"cannot split {count} {what} into {groups} groups",
                label="does not divide",
                help=f"`groups` must divide the {filters} filters and the {channels} channels that come in",
                option="groups",
                kind="option",
            )
    return None


def multiply_adds(rank: int) -> Formula:
    """At each place of the output every number of the kernels is used once."""

    def formula(call: LayerCall) -> int | None:
        return times(*spatial_lengths(call, call.shape, rank), kernel_numbers(call.weights))

    return formula


def window_words(rank: int, channels: str) -> str:
    """What a convolution does to shapes, in words."""
    lengths = axis_words(rank)
    return f"({lengths}, channels) → ({lengths}, {channels}); {places_words(f'({REACH_WORDS})')}"


_MEANINGS = {
    1: "looks at a few neighbouring steps at a time, with the same weights everywhere",
    2: "looks at a small square of the image at a time, with the same weights everywhere",
    3: "looks at a small cube of the volume at a time, with the same weights everywhere",
}
_BY_CHANNEL = {
    1: "a convolution of each channel by itself along the steps",
    2: "a convolution of each channel by itself over the image",
}
_SEPARABLE = {
    1: "a convolution of each channel by itself, then a mix of channels at each step",
    2: "a convolution of each channel by itself, then a mix of channels at each place",
}


def _convolution(rank: int) -> Layer:
    name = f"Conv{rank}D"
    return Layer(
        name=name,
        meaning=_MEANINGS[rank],
        shape_words=window_words(rank, "filters") + (" or `causal`" if rank == 1 else ""),
        rule=convolution(name, rank),
        multiply_adds=multiply_adds(rank),
        example={"filters": 32, "kernel_size": 3}
        | ({"padding": "same", "activation": "relu"} if rank == 2 else {}),
        kinds={"padding": Word(("valid", "same", "causal"))} if rank == 1 else {},
        other_names=("conv", "convolution") if rank == 2 else (),
        traits=traits("channels last on a CPU") if rank < 3 else traits(),
    )


def _separable(rank: int) -> Layer:
    name = f"SeparableConv{rank}D"
    return Layer(
        name=name,
        meaning=_SEPARABLE[rank],
        shape_words=window_words(rank, "filters") + (" or `causal`" if rank == 1 else ""),
        rule=separable_convolution(name, rank),
        multiply_adds=multiply_adds(rank),
        example={"filters": 32, "kernel_size": 3},
    )


def _depthwise(rank: int) -> Layer:
    name = f"DepthwiseConv{rank}D"
    return Layer(
        name=name,
        meaning=_BY_CHANNEL[rank],
        shape_words=window_words(rank, "channels × depth_multiplier"),
        rule=depthwise_convolution(name, rank),
        multiply_adds=multiply_adds(rank),
        example={"kernel_size": 3},
    )


LAYERS = (
    *(_convolution(rank) for rank in (1, 2, 3)),
    *(_separable(rank) for rank in (1, 2)),
    *(_depthwise(rank) for rank in (1, 2)),
)
