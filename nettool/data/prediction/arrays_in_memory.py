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
) -> tuple[PredictionInputs, ...]:
    """The samples of an array for each field, or of one array for the only field.

    Raises DataError for arrays of another shape or kind than those of the training.
    """
    if not isinstance(arrays, Mapping):
        arrays = {wanted[0].field.name if len(wanted) == 1 else "": arrays}
    stored = [_stored(name, np.asarray(values)) for name, values in arrays.items()]
    groups, _ = read_stored(stored, _CALLED, wanted)
    return groups


def _stored(name: str, array: NDArray[np.generic]) -> ArrayInMemory:
    if array.dtype.kind not in "biufUS":
        raise DataError(f"`{_CALLED}` holds {array.dtype}", ("expected: numbers, or class names",))
    return ArrayInMemory(_CALLED, name, array.shape, array.dtype, by_columns=False, start=0, array=array)
