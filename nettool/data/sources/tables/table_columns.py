"""The values of tables → the parts of the data: each field's values as a column."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from nettool.data.column import Column, Part
from nettool.data.failure import DataError
from nettool.data.formats.checksums import file_checksum
from nettool.data.images.image_files import ImageFiles
from nettool.data.images.image_sample import ImageSample
from nettool.data.sources.source import SET_NAMES, Contents, PartName
from nettool.data.sources.tables.table_images import image_paths, image_sample, named_files
from nettool.data.sources.tables.table_values import (
    FileNames,
    Labels,
    Numbers,
    TableValues,
    Tokens,
    classes_by_word,
)
from nettool.data.used_file import UsedFile
from nettool.data.values.lazy_values import sequences_of_lengths
from nettool.diagnostics.suggest import listing

Tables = Mapping[PartName, tuple[Path, Mapping[str, TableValues]]]


def contents_of(tables: Tables) -> Contents:
    """The parts that these tables (the file of each part, and its values by field) hold, and their files.

    Raises DataError for a class that the training part has no sample of.
    """
    columns: dict[PartName, dict[str, Column]] = {part: {} for part in tables}
    notes: list[str] = []
    files = [UsedFile(str(path), file_checksum(path), "own") for path, _ in tables.values()]
    for field in tables["train"][1]:
        found = _columns({part: of_part[field] for part, (_, of_part) in tables.items()}, notes, files)
        for part, column in found.items():
            columns[part][field] = column
    parts = {part: Part(of_part) for part, of_part in columns.items()}
    return Contents(parts, tuple(dict.fromkeys(files)), tuple(notes))


def _columns(
    parts: Mapping[PartName, TableValues], notes: list[str], files: list[UsedFile]
) -> dict[PartName, Column]:
    """The columns of one field; what is to be known of them is added to the notes, as are their files."""
    labels = {part: values for part, values in parts.items() if isinstance(values, Labels)}
    if labels:
        return _label_columns(labels)
    images = {part: values for part, values in parts.items() if isinstance(values, FileNames)}
    if images:
        sample = image_sample(list(images.values()))
        notes.extend(sample.notes)
        return {part: _image_column(names, sample, files) for part, names in images.items()}
    return {part: _column(values, notes) for part, values in parts.items()}


def _image_column(names: FileNames, sample: ImageSample, files: list[UsedFile]) -> Column:
    used, by_name = named_files(names)
    files.append(used)
    checksums = [by_name[name] for name in names.names]
    return Column(ImageFiles(image_paths(names), sample.shape, bits=sample.dtype, checksums=checksums))


def _column(values: TableValues, notes: list[str]) -> Column:
    if isinstance(values, Tokens):
        if 0 in values.flat:
            which = f"sequences in column `{values.cells.column}` of {values.cells.path}"
            notes.append(f"{which} hold 0, which is also what shorter sequences are filled up with")
        flat, lengths = np.array(values.flat, np.int32), np.array(values.lengths, np.int64)
        return Column(sequences_of_lengths(flat, lengths))
    assert isinstance(values, Numbers)
    return Column(np.array(values.values, np.float64).reshape(-1, values.width))


def _label_columns(parts: Mapping[PartName, Labels]) -> dict[PartName, Column]:
    class_of = classes_by_word(parts.values())
    number_of = {name: number for number, name in enumerate(dict.fromkeys(class_of.values()))}
    learned = {class_of[word] for word in parts["train"].first_lines}
    columns = {}
    for part, labels in parts.items():
        only = [word for word in labels.first_lines if class_of[word] not in learned]
        if only:
            where = f"{labels.cells.path}:{labels.first_lines[only[0]]}"
            which = "class" if len(only) == 1 else "classes"
            message = f"`{where}`: the training set has no sample of the {which} {listing(only)}"
            cells = labels.cells
            column = f"column `{cells.column}` of `{parts['train'].cells.path}`"
            expected = f"expected: every class of the {SET_NAMES[part]} in {column}, too"
            raise DataError(message, (expected,), cells.key)
        numbers = np.array([number_of[class_of[word]] for word in labels.first_lines], np.int64)
        columns[part] = Column(numbers[np.array(labels.codes, np.int64)])
    return columns
