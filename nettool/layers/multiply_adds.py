"""Multiply-adds: how many products a layer sums up to answer for one sample.

They are counted as papers count them: the sums of convolutions, dense and recurrent layers, attention and
Dot. What works number by number is left out (biases, activations, normalization, pooling, merges), and so
is what happens in training only. Twice their number is the FLOPs that profilers give.
"""

from collections.abc import Mapping

from nettool.layers.catalogue import catalogue
from nettool.layers.infer import infer_inner
from nettool.layers.inner import Inner
from nettool.layers.outcome import Outcome, Shape, Weight
from nettool.layers.products import LayerCall


def multiply_adds(
    name: str,
    shapes: tuple[Shape, ...],
    shape: Shape,
    weights: tuple[Weight, ...],
    options: Mapping[str, object],
) -> int | None:
    """The number for one sample; None when no formula knows the layer, or a length that varies decides it.

    `options` are those that were written, `shape` and `weights` what the layer's rule made of the call.
    """
    layer = catalogue().get(name)
    if layer is None or layer.multiply_adds is None:
        return None
    defaults = {name: option.default for name, option in layer.options.items()}
    return layer.multiply_adds(LayerCall(shapes, shape, weights, defaults | dict(options), _inner))


def _inner(inner: Inner, shapes: tuple[Shape, ...]) -> int | None:
    outcome = infer_inner(inner, shapes)
    if not isinstance(outcome, Outcome):
        return None
    return multiply_adds(inner.name, shapes, outcome.shape, outcome.weights, inner.written)
