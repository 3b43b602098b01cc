"""The files and folders that the user names → groups of samples, in their order.

A folder is its images, a table has the training table's own column names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Literal

import numpy as np

from nettool.data.column import Column, Part
from nettool.data.failure import DataError, DataMissing
from nettool.data.field import Field
from nettool.data.images.image_files import ImageFiles
from nettool.data.images.image_header import ENDINGS
from nettool.data.place import Place
from nettool.data.prediction.input_field import InputField
from nettool.data.prediction.inputs import PredictionInputs, side_by_side
from nettool.data.prediction.read_arrays import read_arrays
from nettool.data.prediction.read_images import image_files
from nettool.data.sources.folders.folder_names import names_in
from nettool.data.sources.tables.table import Table, TableColumn
from nettool.diagnostics.suggest import listing

Groups = tuple[tuple[PredictionInputs, ...], tuple[str, ...]]
"""Groups of samples, and notes on them."""

_FileKind = Literal["images", "arrays", "table"]
_KINDS: Mapping[str, _FileKind] = {".npz": "arrays", ".npy": "arrays", ".csv": "table"}


def read_inputs(files: Sequence[str], wanted: tuple[InputField, ...], *, invert: bool) -> Groups:
    """The samples of these files, each with all wanted fields; of a folder those of its images, by name.

    Raises DataMissing for what is not there, DataError for what cannot be used.
    """
    paths, notes = _listed(files)
    groups: list[PredictionInputs] = []
    for kind, alike in groupby(paths, key=_kind):
        members = list(alike)
        found = [_images(members, wanted, invert=invert)] if kind == "images" else []
        for path in () if kind == "images" else members:
            read = read_arrays if kind == "arrays" else _read_table
            found.append(read(Path(path), wanted, invert=invert))
        for given, more in found:
            groups += given
            notes += more
    return tuple(groups), tuple(dict.fromkeys(notes))


def read_by_field(
    files: Mapping[str, Sequence[str]], wanted: tuple[InputField, ...], *, invert: bool
) -> Groups:
    """Samples whose fields come from files of their own; DataError also for a field without one."""
    columns: list[PredictionInputs] = []
    notes: list[str] = []
    for each in wanted:
        name = each.field.name
        if name not in files:
            raise DataError(f"there is no file for the field `{name}`", (f"expected: --field {name}=FILE",))
        groups, more = read_inputs(files[name], (each,), invert=invert)
        if len(groups) > 1:
            raise DataError(f"the field `{name}` is given by files of different kinds")
        columns += groups
        notes += more
    return (side_by_side(columns),), tuple(notes)


def _listed(files: Sequence[str]) -> tuple[list[str], list[str]]:
    """The files, folders replaced by the images in them."""
    paths: list[str] = []
    notes: list[str] = []
    for name in files:
        path = Path(name)
        if path.is_dir():
            inside = sorted(names_in(path).files)
            images = [each for each in inside if each.lower().endswith(ENDINGS)]
            if not images:
                raise DataError(f"`{name}` has no images", (f"expected: {', '.join(ENDINGS)}",))
            if len(images) < len(inside):
                others = len(inside) - len(images)
                notes.append(f"skipped {others:,} of {len(inside):,} files in {name}, which are not images")
            paths += [str(path / each) for each in images]
        elif path.exists():
            paths.append(str(path))
        else:
            raise DataMissing(f"there is no file `{name}`")
    return paths, notes


def _kind(path: str) -> _FileKind:
    return _KINDS.get(Path(path).suffix.lower(), "images")


def _images(paths: list[str], wanted: tuple[InputField, ...], *, invert: bool) -> Groups:
    if len(wanted) > 1:
        names = [each.field.name for each in wanted]
        fields = " ".join(f"--field {name}=FILE" for name in names)
        raise DataError(
            f"`{paths[0]}` is one image, and the network takes {listing(names)}",
            (f"expected: an .npz or .csv with all of them, or {fields}",),
        )
    (field,) = wanted
    if field.steps is None:
        message = f"`{paths[0]}`: the network takes no images, but `{field.field.name}`, a {field.field.kind}"
        raise DataError(message, ("expected: an .npz, .npy or .csv file",))
    column, notes = image_files(paths, field, invert=invert)
    return (PredictionInputs(Part({field.field.name: column}), tuple(paths)),), notes


def _read_table(
    path: Path, wanted: tuple[InputField, ...], *, invert: bool
) -> tuple[tuple[PredictionInputs, ...], tuple[str, ...]]:
    """The samples of a table, and notes; other columns are ignored. Raises DataMissing, DataError."""
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
    return (PredictionInputs(Part(columns), (str(path),), numbered=True),), tuple(notes)


def _column_of(wanted: InputField) -> TableColumn:
    if wanted.column is None:
        raise DataError(
            f"a table cannot give `{wanted.field.name}`, {wanted.shape_words} numbers, to a network that was "
            "trained without one",
            ("expected: an .npz or .npy file",),
        )
    return wanted.column


def _column(
    wanted: InputField, column: Column, field: Field, path: Path, *, invert: bool
) -> tuple[Column, tuple[str, ...]]:
    if isinstance(column.values, ImageFiles):
        return image_files(column.values.paths, wanted, invert=invert)
    if field.kind != "label":
        return Column(column.values, scale=wanted.scale), ()
    known = {name: number for number, name in enumerate(wanted.field.classes)}
    for name in field.classes:
        if name not in known:
            message = f"`{path}`: the network does not know the class `{name}` of `{wanted.field.name}`"
            raise DataError(message, (f"it knows {listing(known)}",))
    numbers = np.array([known[name] for name in field.classes], np.int64)
    return Column(numbers[column.array()], scale=wanted.scale), ()
