"""The values of tables → the parts of the data: each field's values as a column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from nettool.data.checksum import file_checksum
from nettool.data.column import Column, Part
from nettool.data.failure import DataError
from nettool.data.sequences import sequences_of_lengths
from nettool.data.sources.source import Contents, PartName
from nettool.data.sources.table_values import Labels, Numbers, TableValues, Tokens, classes_by_word
from nettool.data.used_file import UsedFile
from nettool.diagnostics.suggest import listing

Tables = Mapping[PartName, tuple[Path, Mapping[str, TableValues]]]


def contents_of(tables: Tables) -> Contents:
    """The parts that these tables (the file of each part, and its values by field) hold, and their files.

    Raises DataError for a class that the training part has no sample of.
    """
    columns: dict[PartName, dict[str, Column]] = {part: {} for part in tables}
    for field in tables["train"][1]:
        values = {part: of_part[field] for part, (_, of_part) in tables.items()}
        for part, column in _columns(values).items():
            columns[part][field] = column
    files = dict.fromkeys(path for path, _ in tables.values())
    return Contents(
        {part: Part(of_part) for part, of_part in columns.items()},
        tuple(UsedFile(str(path), file_checksum(path), "own") for path in files),
        tuple(_notes(tables)),
    )


def _columns(parts: Mapping[PartName, TableValues]) -> dict[PartName, Column]:
    labels = {part: values for part, values in parts.items() if isinstance(values, Labels)}
    if labels:
        return _label_columns(labels)
    return {part: _column(values) for part, values in parts.items()}


def _column(values: TableValues) -> Column:
    if isinstance(values, Numbers):
        return Column(np.array(values.values, np.float32).reshape(-1, len(values.places)))
    if isinstance(values, Tokens):
        return Column(
            sequences_of_lengths(np.array(values.flat, np.int32), np.array(values.lengths, np.int64))
        )
    raise NotImplementedError


def _label_columns(parts: Mapping[PartName, Labels]) -> dict[PartName, Column]:
    class_of = classes_by_word(parts.values())
    number_of = {name: number for number, name in enumerate(dict.fromkeys(class_of.values()))}
    learned = {class_of[word] for word in parts["train"].first_lines}
    columns = {}
    for part, labels in parts.items():
        only = [word for word in labels.first_lines if class_of[word] not in learned]
        if only:
            where = f"{labels.path}:{labels.first_lines[only[0]]}"
            which = "class" if len(only) == 1 else "classes"
            told = f"`{where}`: the train part has no sample of the {which} {listing(only)}"
            column = f"column `{labels.column}` of `{parts['train'].path}`"
            raise DataError(told, (f"expected: every class of the {part} part in {column}, too",))
        numbers = np.array([number_of[class_of[word]] for word in labels.first_lines], np.int64)
        columns[part] = Column(numbers[np.array(labels.codes, np.int64)])
    return columns


def _notes(tables: Tables) -> Iterator[str]:
    for path, fields in tables.values():
        for field, values in fields.items():
            if isinstance(values, Tokens) and 0 in values.flat:
                yield (
                    f"sequences in `{field}` of {path} hold 0, which is also what shorter sequences are "
                    "filled up with"
                )
