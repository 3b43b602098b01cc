"""How many products one call of a layer sums up: formulas by kind of layer, per sample."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

from nettool.layers.outcome import Shape, Weight
from nettool.layers.reading import Options, flag, number_of, spread


@dataclass(frozen=True, slots=True)
class LayerCall:
    """A call that works: the inputs' shapes, the output's, the weights and all options of the layer."""

    shapes: tuple[Shape, ...]
    shape: Shape
    weights: tuple[Weight, ...]
    options: Options


Formula = Callable[[LayerCall], int | None]
"""The number of products; None as long as a length that it depends on varies."""


def times(*lengths: int | None) -> int | None:
    """The product of these lengths; None when one of them varies."""
    return None if None in lengths else prod(length for length in lengths if length is not None)


def total(*counts: int | None) -> int | None:
    """The sum of these counts; None when one of them is not known."""
    return None if None in counts else sum(count for count in counts if count is not None)


def none(call: LayerCall) -> int | None:
    """Nothing: each number that comes out is made of a few that come in, without weights to sum over."""
    return 0


def dense(call: LayerCall) -> int | None:
    """Each number that comes out sums over the last axis of what comes in."""
    return times(*call.shape, call.shapes[0][-1])


def convolution(rank: int) -> Formula:
    """At each place of the output every number of the kernels is used once."""

    def formula(call: LayerCall) -> int | None:
        return times(*_places(call, call.shape, rank), _kernel_numbers(call.weights))

    return formula


def transposed_convolution(rank: int) -> Formula:
    """At each place of the input every number of the kernel is used once."""

    def formula(call: LayerCall) -> int | None:
        return times(*_places(call, call.shapes[0], rank), _kernel_numbers(call.weights))

    return formula


def recurrent(call: LayerCall) -> int | None:
    """At each step every number of both kernels is used once."""
    return times(call.shapes[0][0], _kernel_numbers(call.weights))


def recurrent_convolution(rank: int) -> Formula:
    """At each step and at each place of the output every number of both kernels is used once."""

    def formula(call: LayerCall) -> int | None:
        behind_the_steps = call.shape[1:] if flag(call.options, "return_sequences") else call.shape
        places = _places(call, behind_the_steps, rank)
        return times(call.shapes[0][0], *places, _kernel_numbers(call.weights))

    return formula


def einsum(call: LayerCall) -> int | None:
    """One product for each choice of a place along every axis that the equation names or passes through."""
    incoming, kernel = str(call.options["equation"]).split("->")[0].split(",")
    batched = (1, *call.shapes[0])
    letters = incoming.replace(".", "")
    named = batched[len(batched) - len(letters) :] if incoming.startswith(".") else batched[: len(letters)]
    known = dict(zip(letters, named, strict=True))
    fresh = [
        length for letter, length in zip(kernel, call.weights[0].shape, strict=True) if letter not in known
    ]
    return times(*call.shapes[0], *fresh)


def dot(call: LayerCall) -> int | None:
    """Each number that comes out sums along the axis that is taken away."""
    axis = spread(call.options, "axes", 2)[0]
    return times(*call.shape, ((1, *call.shapes[0]))[axis])


def attention(call: LayerCall) -> int | None:
    """Each query with each key, along the features, and each value once for each query.

    Scores that are sums (`score_mode: concat`) have no products.
    """
    query, value = call.shapes[:2]
    averages = times(*query[:-1], value[-2], value[-1])
    return averages if call.options["score_mode"] == "concat" else total(_scores(call), averages)


def additive_attention(call: LayerCall) -> int | None:
    """As attention; without a scale the scores are sums alone."""
    query, value = call.shapes[:2]
    averages = times(*query[:-1], value[-2], value[-1])
    return total(_scores(call), averages) if flag(call.options, "use_scale") else averages


def multi_head_attention(call: LayerCall) -> int | None:
    """The projections, then for each head each query with each key, and each value once for each query."""
    width = number_of(call.options, "key_dim")
    depth = width if call.options["value_dim"] is None else number_of(call.options, "value_dim")
    axes = call.options["attention_axes"]
    attended = range(1, len(call.shapes[0])) if axes is None else _axes(axes, len(call.shapes[0]) + 1)
    batched = (1, *call.shapes[1])
    return _heads(
        call, number_of(call.options, "num_heads"), width, depth, times(*(batched[a] for a in attended))
    )


def group_query_attention(call: LayerCall) -> int | None:
    """As multi-head attention: fewer keys and values are projected, but each query meets one of each."""
    width = number_of(call.options, "head_dim")
    return _heads(call, number_of(call.options, "num_query_heads"), width, width, call.shapes[1][0])


def _heads(call: LayerCall, heads: int, width: int, depth: int, met: int | None) -> int | None:
    """`met` is the number of keys that each query meets."""
    query, value, key = (*call.shapes, call.shapes[1])[:3]
    kernels = [weight for weight in call.weights if weight.name == "kernel"]
    fed = [query, key, *([query] if flag(call.options, "use_gate") else []), value, query]
    projections = (
        times(*shape[:-1], kernel.parameter_count) for shape, kernel in zip(fed, kernels, strict=True)
    )
    return total(*projections, times(*query[:-1], met, heads, width + depth))


def _scores(call: LayerCall) -> int | None:
    query, value = call.shapes[:2]
    return times(*query, value[-2])


def _axes(axes: object, rank: int) -> tuple[int, ...]:
    listed = axes if isinstance(axes, list | tuple) else (axes,)
    return tuple(axis % rank for axis in listed if isinstance(axis, int))


def _places(call: LayerCall, shape: Shape, rank: int) -> Shape:
    """The lengths of the spatial axes."""
    return shape[1:] if call.options.get("data_format") == "channels_first" else shape[:rank]


def _kernel_numbers(weights: tuple[Weight, ...]) -> int:
    return sum(weight.parameter_count for weight in weights if weight.name.endswith("kernel"))
