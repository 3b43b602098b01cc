"""Attention and AdditiveAttention: averages of values, weighed by how well keys match a query."""

from nettool.layers.families.merging import broadcast
from nettool.layers.layer import Layer
from nettool.layers.outcome import Outcome, Refusal, Shape, Weight, shape_text
from nettool.layers.products import LayerCall, times, total
from nettool.layers.reading import Options, flag


def attention(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The query's steps, the value's features; one number as scale, one more for `score_mode: concat`."""
    concat = options["score_mode"] == "concat"
    refusal = refused("Attention", shapes, products=not concat)
    if refusal is not None:
        return refusal
    names = {"scale": flag(options, "use_scale"), "concat_score_weight": concat}
    return _averaged(shapes, tuple(Weight(name, ()) for name, is_used in names.items() if is_used))


def additive_attention(shapes: tuple[Shape, ...], options: Options) -> Outcome | Refusal:
    """The query's steps, the value's features; a scale for each of the query's features."""
    refusal = refused("AdditiveAttention", shapes, products=False)
    if refusal is not None:
        return refusal
    if not flag(options, "use_scale"):
        return _averaged(shapes, ())
    features = shapes[0][-1]
    return (
        unknown_features(shapes[0], 0)
        if features is None
        else _averaged(shapes, (Weight("scale", (features,)),))
    )


def refused(layer: str, shapes: tuple[Shape, ...], *, products: bool) -> Refusal | None:
    """Why query, value and key do not fit; None if they do. With `products` features must be equal."""
    refusal = wrong_count(layer, len(shapes))
    if refusal is not None:
        return refusal
    query, value, key = (*shapes, shapes[1])[:3]
    place = len(shapes) - 1
    for party, shape in enumerate(shapes):
        if len(shape) < 2 or len(shape) != len(query):
            return _wrong_rank(layer, shape, party, len(query))
    fitting = query[-1] == key[-1] if products else broadcast(query[-1:], key[-1:]) is not None
    if not fitting:
        return Refusal(
            f"cannot compare a query of {shape_text(query)} with a key of {shape_text(key)}",
            label="query and key differ in their features",
            help="bring them to the same last axis with a Dense before one of them",
            parties=(0, place),
            kind="merge",
        )
    if not (_spreads(value, query) and _spreads(key, query)):
        return Refusal(
            f"cannot compare a query of {shape_text(query)} with {shape_text(value)}",
            label="the axes before the steps differ",
            help="only the steps (the last axis but one) may differ; a length of 1 serves all queries",
            parties=(0, 1),
            kind="merge",
        )
    return unequal_steps(value, key, place) if None not in (value[-2], key[-2]) else None


def _spreads(shape: Shape, query: Shape) -> bool:
    """Whether the axes before the steps are the query's, or of length 1."""
    return all(length in (1, asked) for length, asked in zip(shape[:-2], query[:-2], strict=True))


def wrong_count(layer: str, count: int) -> Refusal | None:
    """The refusal of anything but a query and a value, or those and a key."""
    if count in (2, 3):
        return None
    return Refusal(
        f"takes a query and a value, or a query, a value and a key, but gets {count}",
        label=f"{layer} takes two or three inputs",
        help="for self-attention give the same input twice: `from: [x, x]`" if count == 1 else None,
        parties=tuple(range(count)),
        kind="count",
    )


def unequal_steps(value: Shape, key: Shape, place: int) -> Refusal | None:
    """The refusal of a value and a key that differ in more than their features."""
    if value[:-1] == key[:-1]:
        return None
    return Refusal(
        f"needs a key for each value, but gets values of {shape_text(value)} and keys of {shape_text(key)}",
        label="value and key differ in their steps",
        help="`from` is [query, value, key]; value and key have the same steps",
        parties=(1, place),
        kind="merge",
    )


def unknown_features(shape: Shape, party: int) -> Refusal:
    """The refusal of an input whose number of features varies."""
    return Refusal(
        f"needs to know how many features each step has, but gets {shape_text(shape)}",
        label="an unknown number of features",
        help="only the steps may vary: give the last axis a fixed length",
        parties=(party,),
        kind="size",
    )


def _wrong_rank(layer: str, shape: Shape, party: int, rank: int) -> Refusal:
    needed = "steps and features" if len(shape) < 2 else f"{rank} axes as the query has"
    return Refusal(
        f"needs {needed}, but gets {shape_text(shape)}",
        label=f"{layer} needs at least 2 axes" if len(shape) < 2 else "another number of axes",
        help="put a Reshape before it that makes [steps, features]",
        parties=(party,),
        kind="rank",
    )


def _averaged(shapes: tuple[Shape, ...], weights: tuple[Weight, ...]) -> Outcome:
    return Outcome((*shapes[0][:-1], shapes[1][-1]), weights)


def dot_products(call: LayerCall) -> int | None:
    """Each query with each key, along the features, and each value once for each query.

    Scores that are sums (`score_mode: concat`) have no products.
    """
    averages = _averages(call)
    return averages if call.options["score_mode"] == "concat" else total(_scores(call), averages)


def scaled_sums(call: LayerCall) -> int | None:
    """As attention; without a scale the scores are sums alone."""
    averages = _averages(call)
    return total(_scores(call), averages) if flag(call.options, "use_scale") else averages


def _averages(call: LayerCall) -> int | None:
    query, value = call.shapes[:2]
    return times(*query[:-1], value[-2], value[-1])


def _scores(call: LayerCall) -> int | None:
    query, value = call.shapes[:2]
    return times(*query, value[-2])


_SHAPE_WORDS = "query (…, steps, features) and value (…, places, channels) → (…, steps, channels)"

LAYERS = (
    Layer(
        name="Attention",
        meaning="averages values by how well their keys match a query (dot product)",
        shape_words=_SHAPE_WORDS,
        rule=attention,
        inputs="many",
        multiply_adds=dot_products,
        mask="reads",
    ),
    Layer(
        name="AdditiveAttention",
        meaning="averages values by how well their keys match a query (a learned sum)",
        shape_words=_SHAPE_WORDS,
        rule=additive_attention,
        inputs="many",
        multiply_adds=scaled_sums,
        mask="reads",
    ),
)
