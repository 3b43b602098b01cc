"""Transposed convolutions, which enlarge where a convolution shrinks."""

from nettool.kinds.list_kinds import Optional, Sizes
from nettool.layers.families.convolution import steps_and_gaps
from nettool.layers.layer import Layer, Rule, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight
from nettool.layers.products import Formula, LayerCall, kernel_numbers, spatial_lengths, times
from nettool.layers.reading import Options, flag, number_of, spread
from nettool.layers.spatial import REACH_WORDS, axis_words, known_channels, reach, split


def transposed_convolution(layer: str, rank: int) -> Rule:
    """The rule of ConvTranspose: kernel (*kernel_size, filters, channels), bias (filters,).

    The lengths follow keras/src/backend/common/backend_utils.py, `_get_output_shape_given_tf_padding`.
    """

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
        spatial = split(layer, rank, shapes[0], options)
        if isinstance(spatial, Refusal):
            return spatial
        channels = known_channels(spatial)
        if isinstance(channels, Refusal):
            return channels
        wrong = steps_and_gaps(rank, options) or _output_padding(rank, options)
        if wrong is not None:
            return wrong
        filters = number_of(options, "filters")
        kernel = Weight("kernel", (*spread(options, "kernel_size", rank), filters, channels))
        bias = (Weight("bias", (filters,)),) if flag(options, "use_bias") else ()
        return Outcome(spatial.shape(_enlarged(spatial.lengths, options), filters), (kernel, *bias))

    return rule


def _enlarged(lengths: Shape, options: Options) -> Shape:
    rank = len(lengths)
    strides = spread(options, "strides", rank)
    spans = reach(spread(options, "kernel_size", rank), spread(options, "dilation_rate", rank))
    extras: tuple[int | None, ...] = (None,) * rank
    if options["output_padding"] is not None:
        extras = spread(options, "output_padding", rank)
    valid = options["padding"] == "valid"
    return tuple(map(_longer, lengths, spans, strides, extras, (valid,) * rank))


def _longer(length: int | None, span: int, stride: int, extra: int | None, valid: bool) -> int | None:
    if length is None:
        return None
    if valid:
        return (length - 1) * stride + span + (max(stride - span, 0) if extra is None else extra)
    return length * stride if extra is None else (length - 1) * stride + span % 2 + extra


def _output_padding(rank: int, options: Options) -> Refusal | None:
    if options["output_padding"] is None:
        return None
    extras, strides = spread(options, "output_padding", rank), spread(options, "strides", rank)
    if any(extra >= stride for extra, stride in zip(extras, strides, strict=True)):
        return Refusal(
            "needs an `output_padding` that is smaller than its `strides`",
            label="as large as the stride",
            help="leave `output_padding` out unless the size of the output is ambiguous",
            option="output_padding",
            kind="option",
        )
    spans = reach(spread(options, "kernel_size", rank), spread(options, "dilation_rate", rank))
    # Keras computes a shape for these, but TensorFlow refuses it when the values are to be computed.
    if options["padding"] == "same" and any(
        span % 2 + extra == 0 for span, extra in zip(spans, extras, strict=True)
    ):
        return Refusal(
            "cannot have an `output_padding` of 0 with `padding: same` and an even kernel",
            label="an even kernel needs more than 0",
            help="leave `output_padding` out, or use an odd `kernel_size`",
            option="output_padding",
            kind="option",
        )
    return None


def multiply_adds(rank: int) -> Formula:
    """At each place of the input every number of the kernel is used once."""

    def formula(call: LayerCall) -> int | None:
        return times(*spatial_lengths(call, call.shapes[0], rank), kernel_numbers(call.weights))

    return formula


_MEANINGS = {
    1: "a convolution turned round: each step paints a few steps of a longer sequence",
    2: "a convolution turned round: each place paints a small square of a larger image",
    3: "a convolution turned round: each place paints a small cube of a larger volume",
}
_OTHER_NAMES = {
    1: ("convtranspose1d", "deconv1d"),
    2: ("convtranspose2d", "deconv", "deconv2d", "deconvolution2d"),
    3: (),
}


def _layer(rank: int) -> Layer:
    name, lengths = f"Conv{rank}DTranspose", axis_words(rank)
    return Layer(
        name=name,
        meaning=_MEANINGS[rank],
        shape_words=f"({lengths}, channels) → ({lengths}, filters); each length becomes length × stride "
        "with `padding: same` and (length - 1) × stride + max(reach, stride) with `padding: valid`, "
        f"where reach is {REACH_WORDS}",
        rule=transposed_convolution(name, rank),
        multiply_adds=multiply_adds(rank),
        example={"filters": 32, "kernel_size": 3},
        kinds={"output_padding": Optional(Sizes(rank, 0))},
        other_names=_OTHER_NAMES[rank],
        traits=traits("weights at each input", "channels last on a CPU", "no dilation on a CPU"),
    )


LAYERS = tuple(_layer(rank) for rank in (1, 2, 3))
