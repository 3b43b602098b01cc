"""MultiHeadAttention and GroupQueryAttention: several attentions side by side, with learned projections."""

from nettool.layers.axes import positions
from nettool.layers.families.attention import unequal_steps, unknown_features, wrong_count
from nettool.layers.layer import Layer
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight, shape_text
from nettool.layers.products import LayerCall, times, total
from nettool.layers.reading import Options, flag, listed, number_of
from nettool.vocabulary.training_options import INITIALIZER


def multi_head_attention(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The query's shape, its last axis replaced by `output_shape` if that is given.

    Kernels (features, num_heads, key_dim) for query and key, (features, num_heads, value_dim) for the gate
    and the value, (num_heads, value_dim, *output_shape) for the output; biases for what they give.
    """
    refusal = _refused("MultiHeadAttention", shapes, options) or _unequal_ranks(shapes)
    refusal = refusal or _wrong_axes(shapes[0], shapes[1], options)
    if refusal is not None:
        return refusal
    query = shapes[0]
    features = _features(shapes)
    if isinstance(features, Refusal):
        return features
    heads, width = number_of(options, "num_heads"), number_of(options, "key_dim")
    depth = width if options["value_dim"] is None else number_of(options, "value_dim")
    asked = query[-1:] if options["output_shape"] is None else listed(options["output_shape"])
    output = tuple(length for length in asked if length is not None)
    if len(output) < len(asked):
        return Refusal(
            "needs to know every length that it is to give",
            label="a length that is left open",
            help="write whole numbers, or leave `output_shape` out for as many features as the query has",
            option="output_shape",
            kind="option",
        )
    weights = _projections(features, (heads, width), (heads, width), (heads, depth), options)
    weights += _projection((heads, depth, *output), output, options)
    return Outcome((*query[:-1], *output), weights)


def group_query_attention(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The query's shape. Keys and values have fewer heads than queries, each for a group of them."""
    refusal = _refused("GroupQueryAttention", shapes, options)
    if refusal is not None:
        return refusal
    query, value = shapes[:2]
    features = _features(shapes)
    if isinstance(features, Refusal):
        return features
    heads, groups = number_of(options, "num_query_heads"), number_of(options, "num_key_value_heads")
    if heads % groups:
        return Refusal(
            f"cannot share {groups} heads of keys and values among {heads} heads of queries",
            label="does not divide",
            help=f"`num_key_value_heads` must divide {heads}, the number of query heads",
            option="num_key_value_heads",
            kind="option",
        )
    if len(query) != 2 or query[-1] != value[-1]:
        return Refusal(
            f"needs steps and features, as many for the query as for the value, but gets {shape_text(query)} "
            f"and {shape_text(value)}",
            label="GroupQueryAttention needs equal features",
            help="bring them to [steps, features] with the same last axis, with a Dense before one of them",
            parties=(0, 1),
            kind="merge",
        )
    width = number_of(options, "head_dim")
    few, many = (groups, width), (heads, width)
    weights = _projections(features, many, few, few, options, gate=many)
    return Outcome(query, weights + _projection((*many, features[0]), (features[0],), options))


def _refused(layer: str, shapes: tuple[Shape, ...], options: Options) -> Refusal | None:
    refusal = wrong_count(layer, len(shapes)) or _flash(options)
    if refusal is not None:
        return refusal
    for party, shape in enumerate(shapes):
        if len(shape) < 2:
            return Refusal(
                f"needs steps and features, but gets {shape_text(shape)}",
                label=f"{layer} needs at least 2 axes",
                help="put a Reshape before it that makes [steps, features]; a recurrent layer before it must "
                "have `return_sequences: true`",
                parties=(party,),
                kind="rank",
            )
    return unequal_steps(shapes[1], shapes[2], 2) if len(shapes) == 3 else None


def _flash(options: Options) -> Refusal | None:
    if not options["flash_attention"]:
        return None
    return Refusal(
        "cannot use flash attention: there is none for TensorFlow",
        label="not there",
        help="leave `flash_attention` out",
        option="flash_attention",
        kind="option",
    )


def _unequal_ranks(shapes: tuple[Shape, ...]) -> Refusal | None:
    party = next((place for place, shape in enumerate(shapes) if len(shape) != len(shapes[0])), None)
    if party is None:
        return None
    return Refusal(
        f"cannot compare a query of {shape_text(shapes[0])} with {shape_text(shapes[party])}",
        label="another number of axes",
        help="put a Reshape before the one with fewer axes",
        parties=(0, party),
        kind="rank",
    )


def _wrong_axes(query: Shape, value: Shape, options: Options) -> Refusal | None:
    """Axes that are not attended to (all but the features, unless they are named) must be equal."""
    if options["attention_axes"] is None:
        return _wrong_window(tuple(range(len(query) - 1)), options)
    found = positions(listed(options["attention_axes"]), query, option="attention_axes")
    if isinstance(found, Refusal):
        return found
    if len(query) - 1 in found:
        return Refusal(
            "cannot attend along its last axis, the features",
            label="the features",
            help=f"axes count from 1 to {len(query) - 1} here, without the features",
            option="attention_axes",
            kind="option",
        )
    others = [place for place in range(len(query) - 1) if place not in found]
    if all(query[place] == value[place] for place in others):
        return _wrong_window(found, options)
    return Refusal(
        f"needs equal lengths where it does not attend, but gets {shape_text(query)} and {shape_text(value)}",
        label="other axes differ",
        help="name the axes that differ in `attention_axes`",
        parties=(0, 1),
        kind="merge",
    )


def _wrong_window(attended: tuple[int, ...], options: Options) -> Refusal | None:
    """Keras (3.15) measures the distances of a window along the first axis."""
    if options["sliding_window"] is None or attended == (0,):
        return None
    return Refusal(
        "can have a `sliding_window` along its first axis only",
        label="a window along other axes",
        help="leave `sliding_window` out, or write `attention_axes: 1`",
        option="sliding_window",
        kind="option",
    )


def _features(shapes: tuple[Shape, ...]) -> tuple[int, int, int] | Refusal:
    """How many features query, value and key have."""
    found: list[int] = []
    for party, shape in enumerate(shapes):
        features = shape[-1]
        if features is None:
            return unknown_features(shape, party)
        found.append(features)
    query, value, key = (*found, found[1])[:3]
    return query, value, key


def _projections(
    features: tuple[int, int, int],
    query: tuple[int, int],
    key: tuple[int, int],
    value: tuple[int, int],
    options: Options,
    gate: tuple[int, int] | None = None,
) -> tuple[Weight, ...]:
    """The weights of query, key, gate (if there is one: as wide as the values) and value."""
    of_query, of_value, of_key = features
    weights = _projection((of_query, *query), query, options) + _projection((of_key, *key), key, options)
    if flag(options, "use_gate"):
        wide = gate or value
        weights += _projection((of_query, *wide), wide, options)
    return weights + _projection((of_value, *value), value, options)


def _projection(kernel: tuple[int, ...], bias: tuple[int, ...], options: Options) -> tuple[Weight, ...]:
    added = (Weight("bias", bias),) if flag(options, "use_bias") else ()
    return (Weight("kernel", kernel), *added)


def _multi_head_products(call: LayerCall) -> int | None:
    """The projections, then for each head each query with each key, and each value once for each query."""
    width = number_of(call.options, "key_dim")
    depth = width if call.options["value_dim"] is None else number_of(call.options, "value_dim")
    axes, batched = call.options["attention_axes"], (1, *call.shapes[1])
    attended = range(1, len(call.shapes[0])) if axes is None else listed(axes)
    keys = times(*(batched[axis] for axis in attended))
    return _products(call, number_of(call.options, "num_heads"), width + depth, keys)


def _group_query_products(call: LayerCall) -> int | None:
    """As multi-head attention: fewer keys and values are projected, but each query meets one of each."""
    width = number_of(call.options, "head_dim")
    return _products(call, number_of(call.options, "num_query_heads"), 2 * width, call.shapes[1][0])


def _products(call: LayerCall, heads: int, widths: int, keys: int | None) -> int | None:
    """`widths` are those of a key and a value together, `keys` how many of them each query meets."""
    query, value, key = (*call.shapes, call.shapes[1])[:3]
    kernels = [weight for weight in call.weights if weight.name == "kernel"]
    fed = [query, key, *([query] if flag(call.options, "use_gate") else []), value, query]
    projections = (
        times(*shape[:-1], kernel.parameter_count) for shape, kernel in zip(fed, kernels, strict=True)
    )
    return total(*projections, times(*query[:-1], keys, heads, widths))


_SHAPE_WORDS = (
    "query (…, steps, features) and value (…, places, channels) → (…, steps, features), "
    "or the last axis as `output_shape` says"
)
# Keras makes a copy of the initializer for each projection, so there must be one.
_INITIALIZERS = {"kernel_initializer": INITIALIZER, "bias_initializer": INITIALIZER}

LAYERS = (
    Layer(
        name="MultiHeadAttention",
        meaning="several attentions side by side, each looking for something of its own",
        shape_words=_SHAPE_WORDS,
        rule=multi_head_attention,
        inputs="arguments",
        multiply_adds=_multi_head_products,
        example={"num_heads": 4, "key_dim": 16},
        kinds=_INITIALIZERS,
        mask="reads",
        other_names=("selfattention", "self_attention", "multiheadattention", "mha"),
    ),
    Layer(
        name="GroupQueryAttention",
        meaning="multi-head attention in which groups of queries share keys and values",
        shape_words=_SHAPE_WORDS,
        rule=group_query_attention,
        inputs="arguments",
        multiply_adds=_group_query_products,
        example={"head_dim": 16, "num_query_heads": 4, "num_key_value_heads": 2},
        kinds=_INITIALIZERS,
        mask="reads",
    ),
)
