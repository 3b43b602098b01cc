"""The fields of stored arrays and the number of samples, without reading everything; then the values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column, LazyValues, Part
from nettool.data.failure import DataError
from nettool.data.field import Field, FieldDescription
from nettool.data.formats.stored_array import StoredArray
from nettool.data.sources.arrays.kinds import FieldArrays, field_of
from nettool.data.sources.arrays.labels import check_classes, class_numbers
from nettool.data.sources.arrays.parts import LENGTHS, Arrays
from nettool.data.sources.arrays.values import values_of
from nettool.data.sources.source import SET_NAMES, PartName


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """The fields, the arrays that each of them is in, and the number of samples of each part."""

    fields: tuple[Field, ...]
    arrays: Mapping[str, FieldArrays]
    counts: Mapping[PartName, int]


def survey(parts: Mapping[PartName, Arrays], described: tuple[FieldDescription, ...], source: str) -> Survey:
    """What the arrays of these parts hold; labels are read whole, of everything else only the headers.

    Raises DataError when the parts differ in their fields, the fields of a part in their number of samples,
    when a field is described that there is not, and see `field_of`.
    """
    _check_same_fields(parts)
    arrays = _by_field(parts)
    words = {each.name: each for each in described}
    for name in words:
        if name not in arrays:
            raise DataError(
                f"{source} has no field `{name}`", (f"it has {_listed(arrays)}",), ("fields", name)
            )
    counts = {part: _count([arrays[name].by_sample()[part] for name in arrays]) for part in parts}
    fields = tuple(field_of(each, words.get(name, FieldDescription(name))) for name, each in arrays.items())
    return Survey(fields, arrays, counts)


def _check_same_fields(parts: Mapping[PartName, Arrays]) -> None:
    for part in parts:
        _check_has(parts, having="train", lacking=part)
        _check_has(parts, having=part, lacking="train")


def _check_has(parts: Mapping[PartName, Arrays], *, having: PartName, lacking: PartName) -> None:
    for name, array in parts[having].items():
        if name not in parts[lacking]:
            lacks = f"the {SET_NAMES[lacking]}"
            message = f"{lacks} has no field `{name}`, which the {SET_NAMES[having]} has: {array.called}"
            files = dict.fromkeys(f"`{other.path}`" for other in parts[lacking].values())
            details = f"{lacks} has {_listed(parts[lacking])}, in {', '.join(files)}"
            raise DataError(message, ("expected: the same fields in all sets", details), array.key)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _by_field(parts: Mapping[PartName, Arrays]) -> dict[str, FieldArrays]:
    names = parts["train"]
    return {
        name: FieldArrays(_of(name, parts), _of(name + LENGTHS, parts))
        for name in names
        if not (name.endswith(LENGTHS) and name.removesuffix(LENGTHS) in names)
    }


def _of(name: str, parts: Mapping[PartName, Arrays]) -> dict[PartName, StoredArray]:
    return {part: arrays[name] for part, arrays in parts.items() if name in arrays}


def _count(arrays: list[StoredArray]) -> int:
    first, *others = arrays
    count = first.shape[0]
    for other in others:
        if other.shape[0] != count:
            message = f"{first.called} holds {count:,} samples, but {other.called} holds {other.shape[0]:,}"
            raise DataError(message, ("expected: as many samples in all arrays of a set",), first.key)
    return count


_Values = dict[PartName, NDArray[np.generic] | LazyValues]


def parts_of(survey: Survey) -> tuple[dict[PartName, Part], tuple[str, ...]]:
    """The parts with the fields of the survey, and what is to be known of them.

    Raises DataError, naming file and array, for values that cannot be used: see `values_of`, `class_numbers`
    and `check_classes`.
    """
    values: dict[str, _Values] = {}
    notes: list[str] = []
    for field in survey.fields:
        arrays = survey.arrays[field.name]
        if field.kind == "label":
            labels = class_numbers(arrays.values, field.classes)
            notes.extend(check_classes(labels, field.classes, arrays.values))
            values[field.name] = dict(labels)
        else:
            values[field.name] = _values(field, arrays)
            notes.extend(_mapped(arrays))
    parts = {
        part: Part({name: Column(of_part[part]) for name, of_part in values.items()})
        for part in survey.counts
    }
    return parts, tuple(notes)


def _values(field: Field, arrays: FieldArrays) -> _Values:
    return {part: values_of(field, array, arrays.lengths.get(part)) for part, array in arrays.values.items()}


def _mapped(arrays: FieldArrays) -> list[str]:
    return [
        f"{array.called} is large ({array.byte_count / 1e9:.1f} GB): "
        "its samples are read from it as they are needed"
        for array in arrays.values.values()
        if array.is_mapped
    ]
