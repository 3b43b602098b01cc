"""Surveyed arrays → the parts of the data: each field's values, checked, as a column."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column, LazyValues, Part
from nettool.data.field import Field
from nettool.data.sources.array_labels import check_classes, class_numbers
from nettool.data.sources.array_survey import Survey
from nettool.data.sources.array_values import values_of
from nettool.data.sources.field_arrays import FieldArrays
from nettool.data.sources.source import PartName

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
