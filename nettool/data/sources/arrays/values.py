"""The values of a stored field, checked on the way: what a column of the field holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import LazyValues
from nettool.data.failure import DataError
from nettool.data.field import Field
from nettool.data.formats.stored_array import StoredArray
from nettool.data.values.lazy_values import MappedArray, sequences_of_lengths

_AT_ONCE = 16 << 20


def values_of(
    field: Field, array: StoredArray, lengths: StoredArray | None
) -> NDArray[np.generic] | LazyValues:
    """The values of an image, vector or sequence, in memory or mapped, of the field's shape.

    Raises DataError for NaN or infinity, for an image brighter than the field's highest value, for negative
    numbers in sequences, and for lengths that do not add up.
    """
    stored = array.values()
    if stored.dtype.kind == "b":
        stored = stored.view(np.uint8)
    _check(stored, field, array)
    if lengths is not None:
        return sequences_of_lengths(stored, _checked_lengths(lengths, array))
    values = stored.reshape(len(stored), *field.shape) if stored.shape[1:] != field.shape else stored
    return MappedArray(values) if array.is_mapped else values


def _check(values: NDArray[np.generic], field: Field, array: StoredArray) -> None:
    """In pieces, so that nothing large is copied; what cannot be wrong is not looked at."""
    if values.dtype.kind == "f":
        for start, piece in _pieces(values):
            _check_finite(piece, start, array)
    if field.kind == "image" and not _always_within(values.dtype, field.highest):
        for start, piece in _pieces(values):
            _check_highest(piece, start, field, array)
    if field.kind == "sequence" and values.dtype.kind == "i":
        for _, piece in _pieces(values):
            if int(piece.min()) < 0:
                message = f"{array.called} holds {piece.min()}"
                expected = "expected: whole numbers from 0, for sequences; 0 fills the shorter ones"
                raise DataError(message, (expected,), array.key)


def _pieces(values: NDArray[np.generic]) -> Iterator[tuple[int, NDArray[np.generic]]]:
    """A few samples at a time, each time with the number of the first."""
    count = max(1, _AT_ONCE // values[0].nbytes)
    for start in range(0, len(values), count):
        yield start, values[start : start + count]


def _check_finite(piece: NDArray[np.generic], start: int, array: StoredArray) -> None:
    finite = np.isfinite(piece)
    if not finite.all():
        place = np.unravel_index(int(np.argmin(finite)), finite.shape)
        what = "NaN" if np.isnan(piece[place]) else "infinity"
        message = f"{array.called} holds {what} (sample {start + int(place[0]):,})"
        raise DataError(
            message, ("expected: finite numbers; numpy.isfinite tells which samples have others",), array.key
        )


def _always_within(dtype: np.dtype[Any], highest: float) -> bool:
    return dtype.kind == "u" and float(np.iinfo(dtype).max) <= highest


def _check_highest(piece: NDArray[np.generic], start: int, field: Field, array: StoredArray) -> None:
    place = np.unravel_index(int(np.argmax(piece)), piece.shape)
    if float(piece[place]) > field.highest:
        message = f"{array.called} holds {piece[place]} (sample {start + int(place[0]):,})"
        said = f"`highest` of the field `{field.name}` is the value of full brightness"
        raise DataError(message, (f"expected: at most {field.highest:g}; {said}",), array.key)


def _checked_lengths(lengths: StoredArray, array: StoredArray) -> NDArray[np.integer]:
    values = lengths.values().astype(np.int64)
    if values.min() < 0:
        message = f"{lengths.called} holds {values.min()}"
        raise DataError(message, ("expected: lengths of 0 or more",), lengths.key)
    if values.sum() != array.shape[0]:
        message = f"the lengths in {lengths.called} add up to {values.sum():,}"
        raise DataError(
            message, (f"expected: {array.shape[0]:,}, as many as {array.called} holds",), lengths.key
        )
    return values
