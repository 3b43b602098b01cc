"""Convolutions: Conv, SeparableConv and DepthwiseConv in one, two and three dimensions."""

from nettool.layers.outcome import Outcome, Refusal, Shape, Weight
from nettool.layers.reading import Options, flag, number_of, spread
from nettool.layers.rule import Rule
from nettool.layers.spatial import Spatial, known_channels, split, too_small
from nettool.layers.window import places, reach


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


RULES = {
    **{f"Conv{rank}D": convolution(f"Conv{rank}D", rank) for rank in (1, 2, 3)},
    **{f"SeparableConv{rank}D": separable_convolution(f"SeparableConv{rank}D", rank) for rank in (1, 2)},
    **{f"DepthwiseConv{rank}D": depthwise_convolution(f"DepthwiseConv{rank}D", rank) for rank in (1, 2)},
}
