"""Samples known again, whatever file they come from: a 64-bit number made of the values of each.

Numbers are compared as float32, so that it does not matter whether a table or an array holds them; images by
their brightness, whatever type it is stored in. Image files are compared by their contents, which need not be
decoded for it. Nothing that a run fits to its data, such as `normalize`, has been done to the values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import prod
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column, Part, Rows
from nettool.data.field import Field
from nettool.data.images.image_files import ImageFiles
from nettool.data.transforms.changed_values import ChangedValues
from nettool.data.values.lazy_values import Sequences

MOST_SAMPLES = 2_000_000
_MOST_BYTES = 1 << 30
"""Of a part's values: to go through them takes a second or two."""

_AT_ONCE = 1 << 18
_MOST_NUMBERS = 1 << 20
_STEP = np.uint64(0x9E3779B97F4A7C15)
"""2**64 divided by the golden ratio."""

Numbers = NDArray[np.uint64]
Basis = Literal["values", "files"]


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprints:
    """One number for each sample of a part.

    `basis` says of each field that counts whether its values or the contents of image files were looked at:
    numbers of another basis cannot be compared with these.
    """

    basis: Mapping[str, Basis]
    numbers: Numbers


def fingerprints(part: Part, fields: Sequence[Field]) -> Fingerprints | None:
    """Of each sample, in order, by these fields; None where there are too many values to look at all of them.

    Raises DataError for values that cannot be read.
    """
    digests = {field.name: _file_digests(part.columns[field.name]) for field in fields}
    looked_at = [part.columns[name] for name, found in digests.items() if found is None]
    if len(part) > MOST_SAMPLES or sum(map(_bytes, looked_at)) > _MOST_BYTES:
        return None
    numbers = np.zeros(len(part), np.uint64)
    for field in fields:
        found = digests[field.name]
        of_field = _of_values(part.columns[field.name], field) if found is None else found
        numbers = _mixed(numbers + of_field + _STEP)
    return Fingerprints(
        {name: "values" if found is None else "files" for name, found in digests.items()}, numbers
    )


def _file_digests(column: Column) -> Numbers | None:
    """A number for each image file; None for what is in no files of its own, or not known by checksums."""
    values = column.values
    while isinstance(values, ChangedValues):
        values = values.values
    if not isinstance(values, ImageFiles) or not values.checksums:
        return None
    rows = range(len(values)) if column.rows is None else column.rows.tolist()
    numbers = (blake2b(values.checksums[row].encode(), digest_size=8).digest() for row in rows)
    return np.frombuffer(b"".join(numbers), "<u8").astype(np.uint64)


def _bytes(column: Column) -> int:
    values = column.values
    if isinstance(values, Sequences):
        return values.flat.nbytes
    shape = values.shape[1:] if isinstance(values, np.ndarray) else values.shape
    return len(column) * prod(length or 1 for length in shape) * values.dtype.itemsize


def _of_values(column: Column, field: Field) -> Numbers:
    numbers = np.empty(len(column), np.uint64)
    for rows in _batches(column):
        numbers[rows] = _of_kind(column.take(rows).array(), field)
    return numbers


def _batches(column: Column) -> Iterator[Rows]:
    """A few samples at a time; sequences of like lengths together, as each is filled up to the longest."""
    count = max(1, _AT_ONCE * len(column) // max(1, _bytes(column)))
    if not isinstance(column.values, Sequences):
        for start in range(0, len(column), count):
            yield np.arange(start, min(start + count, len(column)))
        return
    lengths = np.diff(column.values.offsets)
    lengths = lengths if column.rows is None else lengths[column.rows]
    left = np.argsort(lengths, kind="stable")
    while len(left):
        longest = int(lengths[left[:count]].max())
        rows, left = np.split(left, [max(1, min(count, _MOST_NUMBERS // max(1, longest)))])
        yield rows


def _of_kind(values: NDArray[Any], field: Field) -> Numbers:
    if field.kind == "image":
        return _of_images(values, field.highest)
    if field.kind == "vector":
        # Adding 0 makes 0 of -0.
        return _summed(values.astype("<f4") + np.float32(0))
    return _summed(values.astype("<i8"))


def _of_images(images: NDArray[Any], highest: float) -> Numbers:
    """Of their brightness in 65,536 levels, or in 256 where these are enough for an image."""
    if images.dtype == np.uint8 and highest == 255:
        return _summed(images)
    levels = np.rint(np.clip(images.astype(np.float64) * (65_535 / highest), -(2**31), 2**31 - 1))
    levels = levels.reshape(len(images), -1).astype("<i4")
    is_coarse = ((levels >= 0) & (levels <= 65_535) & (levels % 257 == 0)).all(axis=1)
    return np.where(is_coarse, _summed((levels // 257).astype(np.uint8)), _summed(levels))


def _summed(values: NDArray[Any]) -> Numbers:
    """A number for each row, of its bytes as words of 64 bits; words of 0, as at its end, add nothing."""
    stored = np.ascontiguousarray(values).reshape(len(values), -1).view(np.uint8)
    if stored.shape[1] % 8:
        stored = np.pad(stored, ((0, 0), (0, -stored.shape[1] % 8)))
    words = stored.view("<u8").astype(np.uint64, copy=False)
    places = np.arange(1, words.shape[1] + 1, dtype=np.uint64) * _STEP
    mixed = _mixed(words + places)
    mixed[words == 0] = 0
    found: Numbers = mixed.sum(axis=1, dtype=np.uint64)
    return found


def _mixed(numbers: Numbers) -> Numbers:
    """Each bit depends on all bits of the number: the last steps of SplitMix64, modulo 2**64."""
    numbers = (numbers ^ numbers >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ numbers >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return numbers ^ numbers >> np.uint64(31)
