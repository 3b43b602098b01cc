"""Bidirectional, TimeDistributed and SpectralNormalization: layers round another layer."""

from nettool.layers.families.recurrent import recurrent_mask
from nettool.layers.inner import Inner, inner_layer, inside
from nettool.layers.layer import InferInner, Layer
from nettool.layers.outcome import Outcome, Refusal, Shape, shape_text
from nettool.layers.products import LayerCall, times, total
from nettool.layers.reading import Options, flag
from nettool.vocabulary.keras_names import WRAPPED, layers

RECURRENT_OPTIONS = frozenset({"go_backwards", "return_sequences", "return_state", "stateful"})
"""What the recurrent layers have in common."""


_STEP_BY_STEP = frozenset({"Dense", "Activation", "ReLU", "Identity"})
"""Layers that treat each step of a sequence alike and by itself, without TimeDistributed."""


def bidirectional(shapes: tuple[Shape, ...], options: Options, infer: InferInner) -> Outcome | Refusal | None:
    """The layer forwards and backwards: both sets of weights; with `concat` twice as many features."""
    forward = inner_layer(options[WRAPPED])
    written = options["backward_layer"]
    backward = forward.with_options(go_backwards=True) if written is None else inner_layer(written)
    refusal = _not_a_pair(forward, backward, options)
    if refusal is not None:
        return refusal
    there = infer(forward, shapes)
    if isinstance(there, Refusal):
        return inside(there, forward, WRAPPED)
    back = infer(backward, shapes)
    if isinstance(back, Refusal):
        return inside(back, backward, WRAPPED if written is None else "backward_layer")
    if there is None or back is None:
        return None
    if there.shape != back.shape:
        return _refused(
            f"gets {shape_text(there.shape)} forwards and {shape_text(back.shape)} backwards",
            "another shape",
            "give both layers the same size",
            "backward_layer",
        )
    features = there.shape[-1]
    if options["merge_mode"] != "concat":
        return Outcome(there.shape, there.weights + back.weights)
    doubled = None if features is None else 2 * features
    return Outcome((*there.shape[:-1], doubled), there.weights + back.weights)


def time_distributed(
    shapes: tuple[Shape, ...], options: Options, infer: InferInner
) -> Outcome | Refusal | None:
    """What the layer makes of one step, for every step, with one set of weights."""
    (shape,) = shapes
    inner = inner_layer(options[WRAPPED])
    if len(shape) < 2:
        return Refusal(
            f"needs steps with something at each of them, but gets {shape_text(shape)}",
            label="TimeDistributed needs at least 2 axes",
            help="leave TimeDistributed out, or put a Reshape before it",
            parties=(0,),
            kind="rank",
        )
    outcome = infer(inner, (shape[1:],))
    if isinstance(outcome, Refusal):
        return inside(outcome, inner, WRAPPED)
    if shape[0] is None:
        return _open_length(inner, shape)
    return None if outcome is None else Outcome((shape[0], *outcome.shape), outcome.weights)


def _open_length(inner: Inner, shape: Shape) -> Refusal:
    """Keras (3.15) counts the samples of a batch where it means the steps of a sequence of any length."""
    options = "".join(f", {option}: {value}" for option, value in inner.written.items() if _plain(value))
    fixed = ", ".join("null" if length is None else str(length) for length in (20, *shape[1:]))
    return Refusal(
        "needs a fixed number of steps: with any number Keras would use as many steps as there are samples",
        label=f"the steps of {shape_text(shape)} are not fixed",
        help=f"leave TimeDistributed out, {inner.name} treats each step by itself: "
        f"`{{layer: {inner.name}{options}}}`"
        if inner.name in _STEP_BY_STEP
        else f"give the sequences one length, for example 20: the shape is then `[{fixed}]`",
        parties=(0,),
        kind="size",
    )


def _plain(value: object) -> bool:
    return isinstance(value, str | int | float)


def _not_a_pair(forward: Inner, backward: Inner, options: Options) -> Refusal | None:
    for inner, option in ((forward, WRAPPED), (backward, "backward_layer")):
        if not set(layers()[inner.name].options) >= RECURRENT_OPTIONS:
            return _refused(
                f"cannot go backwards with {inner.name}",
                "not a recurrent layer",
                "put it round a recurrent layer: LSTM, GRU, SimpleRNN, RNN, ConvLSTM1D, 2D or 3D",
                option,
            )
    if options["merge_mode"] is None:
        return _refused(
            "cannot give both directions by themselves: a node has one output",
            "more than one output",
            "write concat, sum, mul or ave",
            "merge_mode",
        )
    there, back = forward.options, backward.options
    if flag(there, "go_backwards") == flag(back, "go_backwards"):
        both = "backwards" if flag(there, "go_backwards") else "forwards"
        return _refused(
            f"goes {both} in both directions",
            f"both go {both}",
            "leave `go_backwards` out of `of`; a `backward_layer` needs `go_backwards: true`",
            WRAPPED if options["backward_layer"] is None else "backward_layer",
        )
    unequal = next(
        (each for each in sorted(RECURRENT_OPTIONS - {"go_backwards"}) if there[each] != back[each]), None
    )
    if unequal is None:
        return None
    return _refused(
        f"has two layers that differ in `{unequal}`",
        f"another `{unequal}`",
        f"give both the same `{unequal}`",
        "backward_layer",
    )


def _refused(message: str, label: str, advice: str, option: str) -> Refusal:
    return Refusal(message, label=label, help=advice, option=option, kind="option")


def _both_ways(call: LayerCall) -> int | None:
    forward = inner_layer(call.options[WRAPPED])
    written = call.options["backward_layer"]
    backward = forward if written is None else inner_layer(written)
    return total(call.count_inner(forward, call.shapes), call.count_inner(backward, call.shapes))


def _at_each_step(call: LayerCall) -> int | None:
    steps, *rest = call.shapes[0]
    return times(steps, call.count_inner(inner_layer(call.options[WRAPPED]), (tuple(rest),)))


LAYERS = (
    Layer(
        name="Bidirectional",
        meaning="reads a sequence forwards and backwards and joins what it found",
        shape_words="the wrapped layer's shape, with a last axis twice as long for `merge_mode: concat`",
        nested_rule=bidirectional,
        multiply_adds=_both_ways,
        example={"of": {"layer": "LSTM", "units": 32}},
        mask=lambda options: recurrent_mask(inner_layer(options[WRAPPED]).written),
    ),
    Layer(
        name="TimeDistributed",
        meaning="applies a layer to every step of a sequence",
        shape_words="(steps, …) → (steps, …) with the wrapped layer's shape after the steps",
        nested_rule=time_distributed,
        multiply_adds=_at_each_step,
        example={"of": {"layer": "Dense", "units": 32}},
        mask="passes",
    ),
)
