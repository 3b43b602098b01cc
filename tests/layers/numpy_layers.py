"""Keras's layers once more, in NumPy and as their documentation says: values for a test, slowly and plainly."""

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Array = Any
Function = Callable[[list[Array], list[Array], dict[str, Any]], Array]
"""From the inputs, the weights in Keras's order and the options to the output; batch first."""


def sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def softmax(x: Array, axis: int = -1) -> Array:
    shares = np.exp(x - x.max(axis=axis, keepdims=True))
    return shares / shares.sum(axis=axis, keepdims=True)


ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "softmax": softmax,
    "softplus": lambda x: np.log1p(np.exp(x)),
    "silu": lambda x: x * sigmoid(x),
    "elu": lambda x: np.where(x > 0, x, np.expm1(x)),
}


def spread(value: Any, count: int) -> list[int]:
    return list(value) if isinstance(value, list) else [value] * count


def windows(x: Array, size: list[int], strides: list[int], padding: str, fill: float = 0.0) -> Array:
    """(batch, places …, window …, channels): what a window sees at each place."""
    pads = [(0, 0)]
    for length, width, step in zip(x.shape[1:-1], size, strides, strict=True):
        missing = max((ceil(length / step) - 1) * step + width - length, 0)
        before = missing // 2 if padding == "same" else missing_causal(width, padding)
        pads.append((before, missing - before if padding == "same" else 0))
    x = np.pad(x, [*pads, (0, 0)], constant_values=fill)
    axes = tuple(range(1, x.ndim - 1))
    seen = sliding_window_view(x, tuple(size), axis=axes)
    seen = seen[(slice(None), *(slice(None, None, step) for step in strides))]
    return np.moveaxis(seen, len(axes) + 1, -1)


def missing_causal(width: int, padding: str) -> int:
    return width - 1 if padding == "causal" else 0


def widened(kernel: Array, rank: int, dilation: list[int]) -> Array:
    """A kernel with zeros between its values."""
    shape = [(n - 1) * d + 1 for n, d in zip(kernel.shape[:rank], dilation, strict=True)]
    wide = np.zeros((*shape, *kernel.shape[rank:]), kernel.dtype)
    wide[tuple(slice(None, None, d) for d in dilation)] = kernel
    return wide


def convolved(x: Array, kernel: Array, options: dict[str, Any]) -> Array:
    rank = x.ndim - 2
    kernel = widened(kernel, rank, spread(options.get("dilation_rate", 1), rank))
    strides = spread(options.get("strides", 1), rank)
    seen = windows(x, list(kernel.shape[:rank]), strides, options.get("padding", "valid"))
    groups = options.get("groups", 1)
    parts = zip(np.split(seen, groups, -1), np.split(kernel, groups, -1), strict=True)
    axes = list(range(rank + 1, 2 * rank + 2))
    return np.concatenate([np.tensordot(a, k, (axes, range(rank + 1))) for a, k in parts], -1)


def convolution(inputs: list[Array], weights: list[Array], options: dict[str, Any]) -> Array:
    return ACTIVATIONS[options.get("activation", "linear")](
        convolved(inputs[0], weights[0], options) + weights[1]
    )


def each_channel(x: Array, kernel: Array, options: dict[str, Any]) -> Array:
    parts = [
        convolved(x[..., channel : channel + 1], kernel[..., channel : channel + 1, :], options)
        for channel in range(x.shape[-1])
    ]
    return np.concatenate(parts, -1)


def depthwise(inputs: list[Array], weights: list[Array], options: dict[str, Any]) -> Array:
    return each_channel(inputs[0], weights[0], options) + weights[1]


def separable(inputs: list[Array], weights: list[Array], options: dict[str, Any]) -> Array:
    return (
        each_channel(inputs[0], weights[0], options) @ weights[1].reshape(weights[1].shape[-2:]) + weights[2]
    )


def transposed(inputs: list[Array], weights: list[Array], options: dict[str, Any]) -> Array:
    """Each place paints the kernel, (window …, filters, channels), at `strides` times its position."""
    (x,), (kernel, bias) = inputs, weights
    rank = x.ndim - 2
    size, strides = kernel.shape[:rank], spread(options.get("strides", 1), rank)
    lengths = [n * s + max(k - s, 0) for n, k, s in zip(x.shape[1:-1], size, strides, strict=True)]
    painted = np.zeros((x.shape[0], *lengths, kernel.shape[-2]))
    for place in np.ndindex(*x.shape[1:-1]):
        where = tuple(slice(p * s, p * s + k) for p, s, k in zip(place, strides, size, strict=True))
        painted[(slice(None), *where)] += np.moveaxis(
            np.tensordot(x[(slice(None), *place)], kernel, (-1, -1)), 0, 0
        )
    if options.get("padding") == "same":
        cuts = [max(k - s, 0) // 2 for k, s in zip(size, strides, strict=True)]
        kept = [slice(c, c + n * s) for c, n, s in zip(cuts, x.shape[1:-1], strides, strict=True)]
        painted = painted[(slice(None), *kept)]
    return painted + bias


def pooling(reduce: Callable[..., Array], fill: float) -> Function:
    def pooled(inputs: list[Array], _: list[Array], options: dict[str, Any]) -> Array:
        (x,) = inputs
        rank = x.ndim - 2
        size = spread(options.get("pool_size", 2), rank)
        strides = spread(options.get("strides") or size, rank)
        seen = windows(x, size, strides, options.get("padding", "valid"), fill)
        return reduce(seen, axis=tuple(range(rank + 1, 2 * rank + 1)))

    return pooled


def adaptive(reduce: Callable[..., Array]) -> Function:
    def pooled(inputs: list[Array], _: list[Array], options: dict[str, Any]) -> Array:
        (x,) = inputs
        for axis, count in enumerate(spread(options["output_size"], x.ndim - 2), 1):
            length = x.shape[axis]
            ends = [(i * length // count, ceil((i + 1) * length / count)) for i in range(count)]
            parts = [
                reduce(np.take(x, range(start, end), axis), axis=axis, keepdims=True) for start, end in ends
            ]
            x = np.concatenate(parts, axis)
        return x

    return pooled


def over_all(reduce: Callable[..., Array]) -> Function:
    return lambda inputs, _, options: reduce(
        inputs[0], axis=tuple(range(1, inputs[0].ndim - 1)), keepdims=options.get("keepdims", False)
    )


def normalized(x: Array, axes: Sequence[int], epsilon: float = 1e-3) -> Array:
    mean, variance = x.mean(axis=tuple(axes), keepdims=True), x.var(axis=tuple(axes), keepdims=True)
    return (x - mean) / np.sqrt(variance + epsilon)


def batch_normalization(inputs: list[Array], weights: list[Array], _: dict[str, Any]) -> Array:
    gamma, beta, mean, variance = weights
    return (inputs[0] - mean) / np.sqrt(variance + 1e-3) * gamma + beta


def group_normalization(inputs: list[Array], weights: list[Array], options: dict[str, Any]) -> Array:
    (x,) = inputs
    groups = x.reshape(*x.shape[:-1], options["groups"], -1)
    axes = (*range(1, x.ndim - 1), x.ndim)
    return normalized(groups, axes).reshape(x.shape) * weights[0] + weights[1]


def padded(inputs: list[Array], _: list[Array], options: dict[str, Any]) -> Array:
    return np.pad(inputs[0], [(0, 0), *margins(options["padding"], inputs[0].ndim - 2), (0, 0)])


def cropped(inputs: list[Array], _: list[Array], options: dict[str, Any]) -> Array:
    ends = margins(options["cropping"], inputs[0].ndim - 2)
    return inputs[0][
        (slice(None), *(slice(a, n - b) for (a, b), n in zip(ends, inputs[0].shape[1:], strict=False)))
    ]


def margins(value: Any, rank: int) -> list[tuple[int, int]]:
    if rank == 1 and isinstance(value, list):
        return [(value[0], value[1])]
    each = value if isinstance(value, list) else [value] * rank
    return [tuple(one) if isinstance(one, list) else (one, one) for one in each]


def repeated(inputs: list[Array], _: list[Array], options: dict[str, Any]) -> Array:
    (x,) = inputs
    for axis, times in enumerate(spread(options["size"], x.ndim - 2), 1):
        x = np.repeat(x, times, axis)
    return x


def attended(query: Array, value: Array, scores: Array) -> Array:
    return softmax(scores) @ value


def attention(inputs: list[Array], _: list[Array], options: dict[str, Any]) -> Array:
    query, value = inputs[:2]
    key = inputs[2] if len(inputs) > 2 else value
    return attended(query, value, query @ np.swapaxes(key, -1, -2))


def additive_attention(inputs: list[Array], weights: list[Array], _: dict[str, Any]) -> Array:
    query, value = inputs[:2]
    key = inputs[2] if len(inputs) > 2 else value
    sums = np.tanh(query[..., :, None, :] + key[..., None, :, :])
    return attended(query, value, (sums * weights[0]).sum(-1))


def heads(inputs: list[Array], weights: list[Array], _: dict[str, Any]) -> Array:
    """Multi-head and group-query attention: kernels and biases of query, key, value and output, in this order."""
    query, value = inputs[:2]
    key = inputs[2] if len(inputs) > 2 else value
    q, k, v = (
        np.einsum("btf,fhd->bhtd", x, weights[2 * n]) + weights[2 * n + 1][:, None, :]
        for n, x in enumerate((query, key, value))
    )
    k, v = (np.repeat(x, q.shape[1] // x.shape[1], axis=1) for x in (k, v))
    seen = softmax(q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])) @ v
    return np.einsum("bhtd,hdf->btf", seen, weights[6]) + weights[7]
