"""NumPy files of samples → columns: of the right shape and kind, or an error that says the field's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column, LazyValues, Part
from nettool.data.failure import DataError
from nettool.data.field import FieldDescription
from nettool.data.formats.numpy_files import stored_arrays
from nettool.data.formats.stored_array import StoredArray
from nettool.data.prediction.input_field import InputField
from nettool.data.prediction.inputs import PredictionInputs
from nettool.data.prediction.read_images import array_images
from nettool.data.sources.arrays.labels import class_numbers, classes_of
from nettool.data.sources.arrays.parts import LENGTHS
from nettool.data.sources.arrays.values import values_of
from nettool.data.values.lazy_values import MappedArray
from nettool.diagnostics.suggest import listing

_CHANNELS = (1, 3, 4)
_IMAGE = "numbers of shape (samples, height, width) or (samples, height, width, channels)"


def read_arrays(
    path: Path, wanted: tuple[InputField, ...], *, invert: bool
) -> tuple[tuple[PredictionInputs, ...], tuple[str, ...]]:
    """The samples of an .npz with an array for each field, or of an .npy for the only one; and notes.

    A single array may have any name. Raises DataMissing, DataError.
    """
    return read_stored(stored_arrays(path), path, wanted, invert=invert)


def read_stored(
    arrays: Iterable[StoredArray], path: Path, wanted: tuple[InputField, ...], *, invert: bool = False
) -> tuple[tuple[PredictionInputs, ...], tuple[str, ...]]:
    """The samples of these arrays, which messages say are in `path`; and notes. Raises DataError."""
    stored = {array.name: array for array in arrays}
    columns: dict[str, Column] = {}
    notes: list[str] = []
    for each in wanted:
        array = _array_of(each, stored, path, is_only=len(wanted) == 1)
        columns[each.field.name], more = _column(each, array, stored, invert=invert)
        notes += more
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        held = ", ".join(f"`{name}` {count:,}" for name, count in lengths.items())
        raise DataError(f"`{path}` holds unequally many samples: {held}", ("expected: as many of each",))
    return (PredictionInputs(Part(columns), (str(path),), numbered=True),), tuple(notes)


def _array_of(
    wanted: InputField, stored: Mapping[str, StoredArray], path: Path, *, is_only: bool
) -> StoredArray:
    name = wanted.field.name
    values = [key for key in stored if not (key.endswith(LENGTHS) and key.removesuffix(LENGTHS) in stored)]
    if name in stored:
        return stored[name]
    if is_only and len(values) == 1:
        return stored[values[0]]
    if "" in stored:
        raise DataError(f"`{path}` holds one array, and the network takes several fields")
    raise DataError(f"`{path}` holds no array `{name}`", (f"it holds {listing(values) or 'nothing'}",))


def _column(
    wanted: InputField, array: StoredArray, stored: Mapping[str, StoredArray], *, invert: bool
) -> tuple[Column, tuple[str, ...]]:
    field = wanted.field
    if field.kind == "image":
        return _images(wanted, array, invert=invert)
    if field.kind == "label":
        return Column(_labels(wanted, array), scale=wanted.scale), ()
    if field.kind == "sequence":
        lengths = stored.get(array.name + LENGTHS) if array.name else None
        axes = 1 if lengths is not None else 2
        if array.holds != "whole numbers" or len(array.shape) != axes:
            raise _wrong(wanted, array, "whole numbers of shape (samples, steps)")
        return Column(values_of(replace(field, shape=array.shape[1:]), array, lengths)), ()
    if array.holds == "words":
        raise _wrong(wanted, array, f"numbers of shape {_with_samples(wanted)}")
    return Column(_vectors(wanted, array), scale=wanted.scale), ()


def _vectors(wanted: InputField, array: StoredArray) -> NDArray[np.generic] | LazyValues:
    shape = wanted.field.shape
    if array.shape == shape != (1,):
        single = values_of(replace(wanted.field, shape=shape[1:]), array, None)
        return np.asarray(single.array if isinstance(single, MappedArray) else single)[np.newaxis]
    if array.shape[1:] != shape and not (shape == (1,) and len(array.shape) == 1):
        raise _wrong(
            wanted, array, f"numbers of shape {_with_samples(wanted)}, or {wanted.shape_words} for one sample"
        )
    return values_of(wanted.field, array, None)


def _images(wanted: InputField, array: StoredArray, *, invert: bool) -> tuple[Column, tuple[str, ...]]:
    axes = len(array.shape)
    single = axes == 2 or array.shape == wanted.field.shape
    is_image = axes == 2 or axes == 3 or (axes == 4 and array.shape[3] in _CHANNELS)
    if not is_image or array.holds == "words":
        raise _wrong(wanted, array, f"{_IMAGE}; in the training {wanted.shape_words}")
    field, highest = wanted.field, _highest(wanted, array)
    stored = values_of(replace(field, shape=array.shape[1:], highest=highest), array, None)
    values: NDArray[np.generic] = np.asarray(stored.array if isinstance(stored, MappedArray) else stored)
    if single:
        values = values[np.newaxis]
    if values.ndim == 3:
        values = values[..., np.newaxis]
    return array_images(MappedArray(values), str(array.path), highest, wanted, invert=invert)


def _highest(wanted: InputField, array: StoredArray) -> float:
    """The training's own full brightness for values of its kind; else that of bytes, or 1 for fractions."""
    if array.dtype.kind == "b":
        return 1.0
    is_fraction = array.holds == "fractions"
    if is_fraction == (np.dtype(wanted.field.dtype).kind == "f"):
        return wanted.field.highest
    if is_fraction:
        return 1.0
    if array.dtype == np.uint8:
        return 255.0
    raise _wrong(wanted, array, f"{wanted.field.dtype} up to {wanted.field.highest:g}, or uint8")


def _labels(wanted: InputField, array: StoredArray) -> NDArray[np.int64]:
    if array.holds == "fractions" or array.shape[1:] not in ((), (1,)):
        raise _wrong(wanted, array, "class names or numbers of shape (samples)")
    words = FieldDescription(wanted.field.name, classes=wanted.field.classes)
    return class_numbers({"train": array}, classes_of({"train": array}, words))["train"]


def _with_samples(wanted: InputField) -> str:
    return f"({', '.join(('samples', *('any' if n is None else str(n) for n in wanted.field.shape)))})"


def _wrong(wanted: InputField, array: StoredArray, expected: str) -> DataError:
    shape = f"({', '.join(map(str, array.shape))})"
    what = "words" if array.holds == "words" else array.dtype.name
    return DataError(
        f"{array.called} is {what} of shape {shape}, which does not fit `{wanted.field.name}`",
        (f"expected: {expected}",),
    )
