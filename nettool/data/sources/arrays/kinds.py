"""What kind of field an array is, known by its header and by what the user says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from nettool.data.failure import DataError
from nettool.data.field import Field, FieldDescription, FieldKind
from nettool.data.formats.stored_array import StoredArray
from nettool.data.sources.arrays.labels import classes_of, key_of
from nettool.data.sources.arrays.parts import LENGTHS
from nettool.data.sources.source import PartName

_CHANNELS = (1, 3, 4)


def field_of(arrays: FieldArrays, words: FieldDescription) -> Field:
    """The field that these arrays hold; only labels are read, for their classes.

    Raises DataError when the arrays cannot be of the kind that is said of them, or differ in form.
    """
    array = arrays.values["train"]
    kind = words.kind or _kind(arrays, words)
    for problem in _problems(kind, arrays, words):
        message = f"{array.called} is {form_of(array)}"
        if words.kind is not None:
            article = "an" if kind == "image" else "a"
            message = f"`{words.name}` is not {article} {kind}: {message}"
        raise DataError(message, (f"expected: {problem}",), key_of(words, array))
    check_form(arrays.values, looked_up=kind == "label")
    if arrays.lengths:
        check_form(arrays.lengths, looked_up=True)
    if kind == "label":
        return Field(words.name, kind, (), "int64", classes=classes_of(arrays.values, words))
    dtype = "uint8" if array.dtype.kind == "b" else array.native_dtype.name
    if kind == "image":
        shape = array.shape[1:] if len(array.shape) == 4 else (*array.shape[1:], 1)
        return Field(words.name, kind, shape, dtype, words.highest or _full_brightness(array.dtype))
    return Field(words.name, kind, _shape(kind, array), dtype, words.highest or 1.0)


def _shape(kind: FieldKind, array: StoredArray) -> tuple[int | None, ...]:
    if len(array.shape) > 1:
        return array.shape[1:]
    return (None,) if kind == "sequence" else (1,)


def _kind(arrays: FieldArrays, words: FieldDescription) -> FieldKind:
    """What an array is when nobody says so."""
    array = arrays.values["train"]
    axes = len(array.shape)
    if arrays.lengths:
        return "sequence"
    if words.classes is not None or array.holds == "words" or (array.holds == "whole numbers" and axes == 1):
        return "label"
    if array.dtype == np.uint8 and (axes == 3 or (axes == 4 and array.shape[3] in _CHANNELS)):
        return "image"
    return "vector"


def _problems(kind: FieldKind, arrays: FieldArrays, words: FieldDescription) -> Iterator[str]:
    """What an array would have to be for this kind, where it is something else."""
    array, holds = arrays.values["train"], arrays.values["train"].holds
    if kind == "label" and (holds == "fractions" or array.shape[1:] not in ((), (1,))):
        yield "whole numbers or words of shape (samples), for a label"
    if kind == "image":
        yield from _problems_of_images(array, words)
    if kind == "vector" and holds == "words":
        yield "numbers, for a vector"
    if kind == "sequence" and (holds != "whole numbers" or len(array.shape) != (1 if arrays.lengths else 2)):
        if arrays.lengths and holds == "whole numbers" and len(array.shape) == 2:
            yield (
                "one axis, the numbers of all samples one after the other, as their lengths are given; for "
                f"samples that are filled up with 0, leave the array `{words.name}{LENGTHS}` out"
            )
            return
        yield (
            "whole numbers of shape (samples, steps), for sequences; or those of all samples one after the "
            f"other, and their lengths in an array whose name ends in `{LENGTHS}`"
        )
    for lengths in arrays.lengths.values():
        if kind != "sequence":
            yield f"sequences, for {lengths.called} gives their lengths"
        elif lengths.holds != "whole numbers" or len(lengths.shape) != 1:
            yield f"the length of each sample in {lengths.called}, which is {form_of(lengths)}"


def _problems_of_images(array: StoredArray, words: FieldDescription) -> Iterator[str]:
    axes = len(array.shape)
    if array.holds == "words" or axes not in (3, 4) or (axes == 4 and array.shape[3] not in _CHANNELS):
        yield (
            "numbers of shape (samples, height, width) or (samples, height, width, channels), for images; "
            "channels are 1, 3 or 4"
        )
    elif words.highest is None and not _full_brightness(array.dtype):
        yield f"`highest` for `{words.name}`, the value of full brightness; only for uint8 it is known"


def _full_brightness(dtype: np.dtype[Any]) -> float:
    """The value of full brightness where it goes without saying; 0 where it does not."""
    if dtype in (np.dtype(np.uint8), np.dtype(np.uint16)):
        return float(np.iinfo(dtype).max)
    return 1.0 if dtype.kind == "f" else 0.0


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
            message = f"{first.called} is {form_of(first)}, but {other.called} is {form_of(other)}"
            raise DataError(message, ("expected: samples of one shape and type in all sets",), first.key)


def form_of(array: StoredArray) -> str:
    """Such as `float32 of shape (samples, 20)`."""
    what = "words" if array.holds == "words" else array.dtype.name
    axes = ("samples", *map(str, array.shape[1:]))
    return f"{what} of shape ({', '.join(axes)})"
