"""SimpleRNN, LSTM and GRU: one state that goes along the steps."""

from nettool.layers.layer import Layer, Rule, Treatment, traits
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight, shape_text
from nettool.layers.products import LayerCall, kernel_numbers, times
from nettool.layers.reading import Options, flag, number_of
from nettool.vocabulary.training_options import INITIALIZER


def recurrent(layer: str, gates: int) -> Rule:
    """The rule of a recurrent layer with so many gates: kernel, recurrent kernel and bias for all of them."""

    def rule(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal | None:
        (shape,) = shapes
        refusal = refused(layer, shape, options)
        if refusal is not None:
            return refusal
        if flag(options, "stateful"):
            return None
        steps, features = shape
        assert features is not None
        units = number_of(options, "units")
        weights = [
            Weight("kernel", (features, gates * units)),
            Weight("recurrent_kernel", (units, gates * units)),
        ]
        if flag(options, "use_bias"):
            # GRU with `reset_after` has a bias of its own for the state (as cuDNN has it).
            rows = (2,) if options.get("reset_after") else ()
            weights.append(Weight("bias", (*rows, gates * units)))
        return Outcome((steps, units) if flag(options, "return_sequences") else (units,), tuple(weights))

    return rule


def refused(layer: str, shape: Shape, options: Options) -> Refusal | None:
    """Why a sequence cannot be read, or not with these options; None if it can."""
    if len(shape) != 2:
        return Refusal(
            f"needs steps and features, but gets {shape_text(shape)}",
            label=f"{layer} needs 2 axes",
            help="put a Reshape before it that makes [steps, features]"
            + ("; a recurrent layer before it must have `return_sequences: true`" if len(shape) == 1 else ""),
            parties=(0,),
            kind="rank",
        )
    if shape[1] is None:
        return Refusal(
            f"needs to know how many features each step has, but gets {shape_text(shape)}",
            label="an unknown number of features",
            help="only the steps may vary: give the last axis a fixed length",
            parties=(0,),
            kind="size",
        )
    if flag(options, "return_state"):
        return gives_states(options)
    if flag(options, "unroll") and shape[0] is None:
        return Refusal(
            f"cannot be unrolled over a number of steps that varies: it gets {shape_text(shape)}",
            label="needs a fixed number of steps",
            help="leave `unroll` out, or give the input a fixed number of steps",
            option="unroll",
            kind="option",
        )
    return None


def gives_states(options: Options) -> Refusal | None:
    """The refusal of `return_state`."""
    if not flag(options, "return_state"):
        return None
    return Refusal(
        "cannot give its states as well: a node has one output",
        label="more than one output",
        help="use `return_sequences: true` for the output of every step",
        option="return_state",
        kind="option",
    )


def recurrent_mask(options: Options) -> Treatment:
    """A state goes on unchanged over what is filling."""
    return "reads" if options.get("return_sequences") else "ends"


def multiply_adds(call: LayerCall) -> int | None:
    """At each step every number of both kernels is used once."""
    return times(call.shapes[0][0], kernel_numbers(call.weights))


def _layer(name: str, gates: int, meaning: str) -> Layer:
    return Layer(
        name=name,
        meaning=meaning,
        shape_words="(steps, features) → (units), or (steps, units) with `return_sequences: true`",
        rule=recurrent(name, gates),
        multiply_adds=multiply_adds,
        example={"units": 64},
        kinds={"bias_initializer": INITIALIZER} if name == "LSTM" else {},
        mask=recurrent_mask,
        traits=traits("weights at each input"),
    )


LAYERS = (
    _layer("SimpleRNN", 1, "reads a sequence step by step, with its last output as memory"),
    _layer("LSTM", 4, "reads a sequence step by step, with gates that decide what to keep for long"),
    _layer("GRU", 3, "reads a sequence step by step, with gates that decide what to renew"),
)
