"""Arrays of a program's own, taken as those of a NumPy file are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nettool.data.failure import DataError
from nettool.data.formats.stored_array import StoredArray
from nettool.data.prediction.input_field import InputField
from nettool.data.prediction.inputs import PredictionInputs
from nettool.data.prediction.read_arrays import read_stored

_CALLED = Path("x")
"""What messages call them: the argument that they are passed as."""


@dataclass(frozen=True, slots=True, eq=False)
class ArrayInMemory(StoredArray):
    """An array that is there already."""

    array: NDArray[np.generic] = field(kw_only=True)

    def values(self) -> NDArray[np.generic]:
        """The array."""
        return np.ascontiguousarray(self.array, self.native_dtype)


def inputs_in_memory(
    arrays: ArrayLike | Mapping[str, ArrayLike], wanted: tuple[InputField, ...]
) -> tuple[tuple[PredictionInputs, ...], tuple[str, ...]]:
    """The samples of an array for each field, or of one array for the only field; what was done to them.

    Raises DataError for arrays of another shape or kind than those of the training, and where there are no
    samples.
    """
    if not isinstance(arrays, Mapping):
        arrays = {wanted[0].field.name if len(wanted) == 1 else "": arrays}
    stored = [_stored(name, values) for name, values in arrays.items()]
    for each in wanted:
        _refuse_rows_of_pixels(each, next((array for array in stored if array.name == each.field.name), None))
    groups, remarks = read_stored(stored, _CALLED, wanted)
    if not all(len(group.part) for group in groups):
        raise DataError(f"`{_CALLED}` holds no samples")
    return groups, remarks


def _refuse_rows_of_pixels(wanted: InputField, array: ArrayInMemory | None) -> None:
    """In a file, an array of two axes is one image of any size; here it may be images as rows of pixels."""
    shape = wanted.field.shape[:2]
    if wanted.field.kind != "image" or array is None or len(array.shape) != 2 or None in shape:
        return
    if array.shape != shape:
        raise DataError(
            f"{array.called} is {array.dtype.name} of shape {array.shape}, which does not fit "
            f"`{wanted.field.name}`",
            (
                "expected: numbers of shape (samples, height, width) or (samples, height, width, channels); "
                f"in the training {wanted.shape_words}",
            ),
        )


def _stored(name: object, values: ArrayLike) -> ArrayInMemory:
    if not isinstance(name, str):
        raise DataError(f"`{_CALLED}` has the key `{name}`: its keys are names of fields")
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise DataError(f"`{_CALLED}` is no array: its rows differ in length") from error
    if array.dtype.kind not in "biufUS":
        raise DataError(f"`{_CALLED}` holds {array.dtype}", ("expected: numbers, or class names",))
    return ArrayInMemory(_CALLED, name, array.shape, array.dtype, by_columns=False, start=0, array=array)
