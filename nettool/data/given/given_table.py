"""A CSV table of samples → columns: found under the training table's own column names."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from nettool.data.column import Column, Part
from nettool.data.failure import DataError
from nettool.data.field import Field
from nettool.data.given.given import Given
from nettool.data.given.given_images import image_files
from nettool.data.given.wanted import Wanted
from nettool.data.images.image_files import ImageFiles
from nettool.data.place import Place
from nettool.data.sources.table import Table, TableColumn
from nettool.diagnostics.suggest import listing


def given_table(
    path: Path, wanted: tuple[Wanted, ...], *, invert: bool
) -> tuple[tuple[Given, ...], tuple[str, ...]]:
    """The samples of a table, and notes; other columns are passed over. Raises DataMissing, DataError."""
    table = Table(path.name, (("train", path),), tuple(_column_of(each) for each in wanted))
    fields = {field.name: field for field in table.statement().fields}
    contents = table.read(Place(), lambda _: None, progress=False)
    notes = list(contents.notes)
    columns = {}
    for each in wanted:
        name = each.field.name
        column, more = _column(each, contents.parts["train"].columns[name], fields[name], path, invert=invert)
        columns[name] = column
        notes += more
    return (Given(Part(columns), (str(path),), numbered=True),), tuple(notes)


def _column_of(wanted: Wanted) -> TableColumn:
    if wanted.column is None:
        raise DataError(
            f"a table cannot give `{wanted.field.name}`, {wanted.shape_words} numbers, to a network that was "
            "trained without one",
            ("expected: an .npz or .npy file",),
        )
    return wanted.column


def _column(
    wanted: Wanted, column: Column, field: Field, path: Path, *, invert: bool
) -> tuple[Column, tuple[str, ...]]:
    if isinstance(column.values, ImageFiles):
        return image_files(column.values.paths, wanted, invert=invert)
    if field.kind != "label":
        return Column(column.values, scale=wanted.scale), ()
    known = {name: number for number, name in enumerate(wanted.field.classes)}
    for name in field.classes:
        if name not in known:
            told = f"`{path}`: the network does not know the class `{name}` of `{wanted.field.name}`"
            raise DataError(told, (f"it knows {listing(known)}",))
    numbers = np.array([known[name] for name in field.classes], np.int64)
    return Column(numbers[column.array()], scale=wanted.scale), ()
