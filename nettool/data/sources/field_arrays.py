"""The stored arrays of one field, one for each part, which have to be of one form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nettool.data.failure import DataError
from nettool.data.sources.source import PartName
from nettool.data.sources.stored_array import StoredArray


@dataclass(frozen=True, slots=True, eq=False)
class FieldArrays:
    """The arrays of a field by part; `lengths` are those of its sequences, if these follow each other."""

    values: Mapping[PartName, StoredArray]
    lengths: Mapping[PartName, StoredArray]

    def by_sample(self) -> Mapping[PartName, StoredArray]:
        """The arrays whose first axis is that of the samples."""
        return self.lengths or self.values


def check_form(arrays: Mapping[PartName, StoredArray], *, looked_up: bool) -> None:
    """Raises DataError when the parts differ in the shape of a sample or in its type.

    The width of numbers that are only `looked_up`, labels and lengths, does not matter; nor that of words.
    """
    first, *others = arrays.values()
    for other in others:
        same_type = first.holds == other.holds if looked_up else first.native_dtype == other.native_dtype
        if first.shape[1:] != other.shape[1:] or not same_type:
            told = f"{first.called} is {form_of(first)}, but {other.called} is {form_of(other)}"
            raise DataError(told, ("expected: samples of one shape and type in all parts",))


def form_of(array: StoredArray) -> str:
    """Such as `float32 of shape (samples, 20)`."""
    what = "words" if array.holds == "words" else array.dtype.name
    axes = ("samples", *map(str, array.shape[1:]))
    return f"{what} of shape ({', '.join(axes)})"
