"""Transposed convolutions, which enlarge where a convolution shrinks."""

from nettool.layers.convolution import steps_and_gaps
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight
from nettool.layers.reading import Options, flag, number_of, spread
from nettool.layers.rule import Rule
from nettool.layers.spatial import known_channels, split
from nettool.layers.window import reach


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
            help="leave `output_padding` out unless the output's size must be told apart",
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


RULES = {f"Conv{rank}DTranspose": transposed_convolution(f"Conv{rank}DTranspose", rank) for rank in (1, 2, 3)}
