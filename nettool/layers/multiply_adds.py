"""Multiply-adds: how many products a layer sums up to answer for one sample.

They are counted as papers count them: the sums of convolutions, dense and recurrent layers, attention and
Dot. What works number by number is left out (biases, activations, normalization, pooling, merges), and so
is what happens in training only. Twice their number is the FLOPs that profilers give.
"""

from collections.abc import Mapping

from nettool.layers import summed_products as products
from nettool.layers.catalogue import catalogue
from nettool.layers.inner import Inner, inner_layer
from nettool.layers.outcome import Outcome, Shape, Weight
from nettool.layers.summed_products import Formula, LayerCall
from nettool.vocabulary.keras_names import WRAPPED

_WITHOUT_SUMS = frozenset(
    {"pooling", "normalization", "regularization", "activation", "embedding", "merging", "reshaping"}
)
"""Families whose layers count nothing, but for those with a formula of their own."""
_NOT_KNOWN = frozenset({"Resizing", "Pipeline", "MelSpectrogram", "STFTSpectrogram"})
"""Layers of preprocessing that do sum up products as they predict; the others do not, or only in training."""


def multiply_adds(
    layer: str,
    shapes: tuple[Shape, ...],
    shape: Shape,
    weights: tuple[Weight, ...],
    options: Mapping[str, object],
) -> int | None:
    """The number for one sample; None when no formula knows the layer, or a length that varies decides it.

    `options` are those that were written, `shape` and `weights` what the layer's rule made of the call.
    """
    formula = _formula(layer)
    if formula is None:
        return None
    defaults = {name: option.default for name, option in catalogue()[layer].options.items()}
    return formula(LayerCall(shapes, shape, weights, defaults | dict(options)))


def _formula(layer: str) -> Formula | None:
    if layer in FORMULAS:
        return FORMULAS[layer]
    definition = catalogue().get(layer)
    if definition is None or definition.rule is None or layer in _NOT_KNOWN:
        return None
    is_free = definition.family in _WITHOUT_SUMS or definition.family in ("preprocessing", "other")
    return products.none if is_free else None


def _inner(inner: Inner, shapes: tuple[Shape, ...]) -> int | None:
    outcome = inner.infer(shapes)
    if not isinstance(outcome, Outcome):
        return None
    return multiply_adds(inner.name, shapes, outcome.shape, outcome.weights, inner.written)


def _bidirectional(call: LayerCall) -> int | None:
    forward = inner_layer(call.options[WRAPPED])
    given = call.options["backward_layer"]
    backward = forward if given is None else inner_layer(given)
    return products.total(_inner(forward, call.shapes), _inner(backward, call.shapes))


def _time_distributed(call: LayerCall) -> int | None:
    steps, *rest = call.shapes[0]
    return products.times(steps, _inner(inner_layer(call.options[WRAPPED]), (tuple(rest),)))


def _spectral_normalization(call: LayerCall) -> int | None:
    return _inner(inner_layer(call.options[WRAPPED]), call.shapes)


def _upsampling(call: LayerCall) -> int | None:
    """Repeating sums nothing; what other ways of enlarging sum is not counted here."""
    return 0 if call.options["interpolation"] == "nearest" else None


FORMULAS: Mapping[str, Formula] = {
    "Dense": products.dense,
    "EinsumDense": products.einsum,
    **{
        f"{kind}Conv{rank}D": products.convolution(rank)
        for kind, ranks in (("", (1, 2, 3)), ("Separable", (1, 2)), ("Depthwise", (1, 2)))
        for rank in ranks
    },
    **{f"Conv{rank}DTranspose": products.transposed_convolution(rank) for rank in (1, 2, 3)},
    **dict.fromkeys(("SimpleRNN", "LSTM", "GRU", "RNN"), products.recurrent),
    **{f"ConvLSTM{rank}D": products.recurrent_convolution(rank) for rank in (1, 2, 3)},
    "Attention": products.attention,
    "AdditiveAttention": products.additive_attention,
    "MultiHeadAttention": products.multi_head_attention,
    "GroupQueryAttention": products.group_query_attention,
    "Dot": products.dot,
    "UpSampling2D": _upsampling,
    "Bidirectional": _bidirectional,
    "TimeDistributed": _time_distributed,
    "SpectralNormalization": _spectral_normalization,
}
