"""ConvLSTM: an LSTM over steps of images whose sums are convolutions."""

from nettool.layers.families.convolution import steps_and_gaps
from nettool.layers.families.recurrent import gives_states, recurrent_mask
from nettool.layers.layer import Layer, Rule, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight, shape_text
from nettool.layers.products import Formula, LayerCall, kernel_numbers, spatial_lengths, times
from nettool.layers.reading import Options, flag, number_of, spread
from nettool.layers.spatial import (
    AXIS_NAMES,
    REACH_WORDS,
    axis_words,
    known_channels,
    places,
    places_words,
    reach,
    split,
    too_small,
)
from nettool.vocabulary.training_options import INITIALIZER

_GATES = 4


def conv_lstm(layer: str, rank: int) -> Rule:
    """The rule of ConvLSTM: four gates, each a convolution of what comes in plus one of the state.

    Kernel (*kernel_size, channels, 4 filters), recurrent kernel (*kernel_size, filters, 4 filters), bias
    (4 filters,).
    """

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal | None:
        (shape,) = shapes
        if len(shape) != rank + 2:
            return _wrong_rank(layer, rank, shape, options)
        spatial = split(layer, rank, shape[1:], options)
        if isinstance(spatial, Refusal):
            return spatial
        channels = known_channels(spatial)
        if isinstance(channels, Refusal):
            return channels
        kernel_size = spread(options, "kernel_size", rank)
        span = reach(kernel_size, spread(options, "dilation_rate", rank))
        padding = str(options["padding"])
        refusal = gives_states(options) or steps_and_gaps(rank, options)
        refusal = refusal or (too_small(spatial, span, "kernel_size") if padding == "valid" else None)
        if refusal is not None:
            return refusal
        if None in spatial.lengths:
            return _varies(shape)
        if flag(options, "stateful"):
            return None
        filters = number_of(options, "filters")
        weights = [
            Weight("kernel", (*kernel_size, channels, _GATES * filters)),
            Weight("recurrent_kernel", (*kernel_size, filters, _GATES * filters)),
        ]
        if flag(options, "use_bias"):
            weights.append(Weight("bias", (_GATES * filters,)))
        lengths = places(spatial.lengths, span, spread(options, "strides", rank), padding)
        steps = shape[:1] if flag(options, "return_sequences") else ()
        return Outcome((*steps, *spatial.shape(lengths, filters)), tuple(weights))

    return rule


def _wrong_rank(layer: str, rank: int, shape: Shape, options: Options) -> Refusal:
    names = AXIS_NAMES[rank] if rank > 1 else ("length",)
    first = options["data_format"] == "channels_first"
    ordered = ("steps", "channels", *names) if first else ("steps", *names, "channels")
    return Refusal(
        f"needs {', '.join(ordered[:-1])} and {ordered[-1]}, but gets {shape_text(shape)}",
        label=f"{layer} needs {rank + 2} axes",
        help="put a Reshape before it"
        + ("; a ConvLSTM before it must have `return_sequences: true`" if len(shape) == rank + 1 else ""),
        parties=(0,),
        kind="rank",
    )


def _varies(shape: Shape) -> Refusal:
    return Refusal(
        f"needs to know how large each step is, but gets {shape_text(shape)}",
        label="a length that varies",
        help="only the number of steps may vary: give the others fixed lengths",
        parties=(0,),
        kind="size",
    )


def multiply_adds(rank: int) -> Formula:
    """At each step and at each place of the output every number of both kernels is used once."""

    def formula(call: LayerCall) -> int | None:
        behind_the_steps = call.shape[1:] if flag(call.options, "return_sequences") else call.shape
        lengths = spatial_lengths(call, behind_the_steps, rank)
        return times(call.shapes[0][0], *lengths, kernel_numbers(call.weights))

    return formula


def _layer(rank: int, of: str) -> Layer:
    name, lengths = f"ConvLSTM{rank}D", axis_words(rank)
    return Layer(
        name=name,
        meaning=f"an LSTM over sequences of {of} whose sums are convolutions",
        shape_words=f"(steps, {lengths}, channels) → ({lengths}, filters), or (steps, {lengths}, filters) "
        f"with `return_sequences: true`; {places_words(f'({REACH_WORDS})')}",
        rule=conv_lstm(name, rank),
        multiply_adds=multiply_adds(rank),
        example={"filters": 32, "kernel_size": 3},
        kinds={"bias_initializer": INITIALIZER},
        mask=recurrent_mask,
        traits=traits("channels last on a CPU") if rank < 3 else traits(),
    )


LAYERS = (_layer(1, "sequences"), _layer(2, "images"), _layer(3, "volumes"))
