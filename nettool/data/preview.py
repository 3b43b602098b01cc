"""What there is to see of loaded data: some samples, the balance of the classes, the values, the lengths."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column, Part
from nettool.data.field import Field
from nettool.data.load import Loaded
from nettool.data.request import DataRequest, Normalization, default_normalization
from nettool.data.sources.source import PartName
from nettool.data.values.lazy_values import Sequences
from nettool.data.values.statistics import FieldValues, field_values

_PURPOSE = 0x9E3F1E3
"""Tells this use of a seed from others, such as the order of an epoch."""

Arrays = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """Facts and samples of loaded data.

    `samples` has the stored values of the samples shown, drawn from `part`, by field; `rows` says which they
    are. `augmented` has their images as training gets them, on the stored scale; empty without augmentation.
    `balance` counts for each label and part the samples of each class. `field_values` are of images and
    vectors (of pairs the left image stands for both), `lengths` of sequences; all of `part`. `normalization`
    is that of images and vectors.
    """

    name: str
    source: str
    part: PartName
    counts: Mapping[PartName, int]
    fields: tuple[Field, ...]
    rows: NDArray[np.int64]
    samples: Arrays
    balance: Mapping[str, Mapping[PartName, tuple[int, ...]]]
    field_values: Mapping[str, FieldValues]
    lengths: Mapping[str, NDArray[np.int64]]
    normalization: Mapping[str, Normalization]
    notes: tuple[str, ...]
    augmentation: tuple[str, ...] = ()
    augmented: Arrays = field(default_factory=dict)


def preview(
    name: str, request: DataRequest, loaded: Loaded, part: PartName, count: int, seed: int
) -> Preview:
    """A preview with `count` samples of a part that is not empty, drawn with the seed; without augmentation.

    Raises DataError for samples that cannot be read.
    """
    parts = loaded.parts
    chosen = parts[part]
    rows = np.random.default_rng([seed, _PURPOSE]).permutation(len(chosen))[:count]
    shown = chosen.take(rows)
    names = request.source.column_names
    return Preview(
        name,
        request.source.name,
        part,
        {each: len(values) for each, values in parts.items()},
        loaded.fields,
        rows,
        {each.name: shown.columns[each.name].array() for each in loaded.fields},
        {each.name: _balance(each, parts) for each in loaded.fields if each.kind == "label"},
        {
            each.name: field_values(each, chosen.columns[each.name], names.get(each.name, ()), seed)
            for each in loaded.fields
            if each.kind in ("image", "vector") and not _is_shown_twice(each, request)
        },
        {each.name: _lengths(chosen.columns[each.name]) for each in loaded.fields if each.kind == "sequence"},
        {
            each.name: request.normalize.get(each.name, default_normalization(each))
            for each in loaded.fields
            if each.kind in ("image", "vector")
        },
        loaded.notes,
    )


def _is_shown_twice(field: Field, request: DataRequest) -> bool:
    """Both images of a pair are of the same part: what is true of the left ones is true of the right ones."""
    return request.task == "pairs" and field.name == "right"


def _balance(label: Field, parts: Mapping[PartName, Part]) -> dict[PartName, tuple[int, ...]]:
    numbers = {
        name: part.columns[label.name].array().astype(np.int64) for name, part in parts.items() if len(part)
    }
    return {
        name: tuple(np.bincount(each, minlength=len(label.classes)).tolist())
        for name, each in numbers.items()
    }


def _lengths(column: Column) -> NDArray[np.int64]:
    """How long each sequence is, without the zeros that fill it up."""
    if isinstance(column.values, Sequences):
        lengths = np.diff(column.values.offsets)
        return lengths if column.rows is None else lengths[column.rows]
    filled = column.array() != 0
    steps = filled.shape[1]
    return np.where(filled.any(axis=1), steps - np.argmax(filled[:, ::-1], axis=1), 0)
