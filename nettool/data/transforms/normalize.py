"""What a network gets of a field: the scale of each column, and whose statistics it has."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column
from nettool.data.field import Field
from nettool.data.request import Normalization, default_normalization
from nettool.data.scale import AS_STORED, Scale, fraction_of

_SAMPLES_AT_ONCE = 1024

Channels = NDArray[np.float64]
"""One number for each channel."""


def scales(
    fields: tuple[Field, ...], wanted: Mapping[str, Normalization], training: Mapping[str, Column]
) -> dict[str, Scale]:
    """The scale of each field, with the statistics of the training set alone.

    `unit`: images as fractions of their highest value, other numbers from the training part's least (0) to
    its greatest (1); `standard`: mean 0 and deviation 1 over the training part, for each channel (the last
    axis); `none`: as stored. Labels and sequences are always as stored.
    """
    return {
        field.name: _scale(field, wanted.get(field.name, default_normalization(field)), training[field.name])
        for field in fields
    }


def _scale(field: Field, wanted: Normalization, column: Column) -> Scale:
    if wanted == "none" or field.kind in ("label", "sequence"):
        return AS_STORED
    if wanted == "unit":
        return fraction_of(field.highest) if field.kind == "image" else _range(column)
    return _standard(column)


def _range(column: Column) -> Scale:
    low, high, _ = _ends_and_mean(column)
    return Scale(_numbers(low), _divisors(high - low, low == high))


def _standard(column: Column) -> Scale:
    """In two passes, the mean first: exact where one pass would lose the deviation to rounding."""
    low, high, mean = _ends_and_mean(column)
    # The mean of equal values is rounded, too: 0.1 would seem to change by 1e-17.
    mean = np.where(low == high, low, mean)
    count, square = 0, np.zeros(1)
    for values in _batches(column):
        count += len(values)
        square = square + np.square(values - mean).sum(axis=0)
    return Scale(_numbers(mean), _divisors(np.sqrt(square / count), low == high))


def _ends_and_mean(column: Column) -> tuple[Channels, Channels, Channels]:
    """The least value of each channel, the greatest, and the mean, in one pass."""
    count, total, lows, highs = 0, np.zeros(1), [], []
    for values in _batches(column):
        count += len(values)
        total = total + values.sum(axis=0)
        lows.append(values.min(axis=0))
        highs.append(values.max(axis=0))
    return np.min(lows, axis=0), np.max(highs, axis=0), total / count


def _batches(column: Column) -> Iterator[NDArray[np.float64]]:
    """A few samples at a time, as rows of (values, channels)."""
    for start in range(0, len(column), _SAMPLES_AT_ONCE):
        values = column.take(np.arange(start, min(start + _SAMPLES_AT_ONCE, len(column)))).array()
        yield values.reshape(-1, values.shape[-1] if values.ndim > 1 else 1).astype(np.float64)


def _divisors(values: NDArray[np.float64], is_constant: NDArray[np.bool_]) -> tuple[float, ...]:
    """A channel that never changes is only shifted."""
    return _numbers(np.where(is_constant, 1.0, values))


def _numbers(values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
