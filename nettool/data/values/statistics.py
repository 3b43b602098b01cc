"""How the values of a field are values: as they are stored, and as a network gets them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column
from nettool.data.field import Field
from nettool.data.scale import WIDE, Scale

_VALUES_AT_MOST = 8_000_000
_SAMPLES_AT_LEAST = 32

Values = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Lowest and highest value, mean and (population) deviation."""

    lowest: float
    highest: float
    mean: float
    deviation: float


@dataclass(frozen=True, slots=True, eq=False)
class FieldValues:
    """Values of `samples` samples as (values, columns): the columns of a vector; all of an image in one.

    Those of images are float32, for they are many, unless their type is wider; others float64.
    """

    columns: tuple[str, ...]
    stored: Values
    given: Values
    samples: int


def field_values(field: Field, column: Column, names: tuple[str, ...], seed: int) -> FieldValues:
    """The values of an image or a vector; of many samples only some, drawn with the seed.

    `names` are those of a vector's columns; empty for columns without names, which are counted from 1.
    """
    size = int(np.prod([length or 1 for length in field.shape]))
    count = min(len(column), max(_SAMPLES_AT_LEAST, _VALUES_AT_MOST // max(size, 1)))
    if count < len(column):
        column = column.take(np.sort(np.random.default_rng(seed).permutation(len(column))[:count]))
    array = column.array()
    channels = array.shape[-1] if array.ndim > 1 else 1
    precision = np.dtype(np.float64 if field.kind != "image" or array.dtype.name in WIDE else np.float32)
    stored: Values = array.reshape(-1, channels).astype(precision)
    given = scaled(stored, column.scale)
    if field.kind == "image":
        return FieldValues((field.name,), stored.reshape(-1, 1), given.reshape(-1, 1), count)
    if len(names) != channels:
        names = (field.name,) if channels == 1 else tuple(str(number + 1) for number in range(channels))
    return FieldValues(names, stored, given, count)


def statistics(values: Values) -> tuple[Statistics, ...]:
    """Those of each column."""
    return tuple(
        Statistics(
            float(each.min()),
            float(each.max()),
            float(each.mean(dtype=np.float64)),
            float(each.std(dtype=np.float64)),
        )
        for each in values.T
    )


def scaled(values: Values, scale: Scale) -> Values:
    """The values, channels last, as a network gets them."""
    return (values - np.array(scale.shift, values.dtype)) / np.array(scale.divisor, values.dtype)


def stored_again(values: NDArray[np.generic], scale: Scale) -> NDArray[np.float64]:
    """What `scaled` was given, to the rounding."""
    again: NDArray[np.float64] = values.astype(np.float64) * np.array(scale.divisor) + np.array(scale.shift)
    return again
