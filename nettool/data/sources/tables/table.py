"""The user's own tables: CSV files whose columns are numbers, labels, sequences or names of image files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Literal

from nettool.data.failure import DataError, DataMissing, at_key
from nettool.data.field import Field, FieldKind
from nettool.data.formats.csv_rows import csv_rows
from nettool.data.place import Place
from nettool.data.sources.source import Contents, DataSource, PartName, Say, Statement
from nettool.data.sources.tables.table_images import image_sample
from nettool.data.sources.tables.table_values import (
    FileNames,
    Labels,
    Numbers,
    TableCells,
    TableValues,
    Tokens,
    classes_by_word,
    column_key,
)
from nettool.diagnostics.suggest import did_you_mean, listing

ColumnKind = Literal["number", "label", "image", "sequence"]
_REMEMBERED = 6
"""Tables: the parts of a data set or two."""


_SINGLE: Mapping[ColumnKind, type[Labels | Tokens | FileNames]] = {
    "label": Labels,
    "sequence": Tokens,
    "image": FileNames,
}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A field and the column that it is; for numbers the columns that together are its vector."""

    field: str
    columns: tuple[str, ...]
    kind: ColumnKind


@dataclass(frozen=True, slots=True, eq=False)
class ReadTable:
    """What was read of a table: how many rows, and the values of each field."""

    count: int
    values: Mapping[str, TableValues]


@dataclass(frozen=True, slots=True)
class Table(DataSource):
    """One CSV file, or one for each part; `columns` says what they hold. Paths are absolute.

    Fields: numbers are float64 vectors of as many numbers as columns; labels int64, their classes those of
    all parts together; sequences int32 of any length, `highest` the largest number in them; images uint8 or
    uint16, read when they are needed, from files that the table names relative to its own folder.
    """

    is_slow_to_list: ClassVar[bool] = True

    name: str
    parts: tuple[tuple[PartName, Path], ...]
    columns: tuple[TableColumn, ...]

    def statement(self) -> Statement:
        """What the tables hold, after one pass over them; none if they were read before and are the same.

        Raises DataMissing when one is not there, DataError, naming file and line, for a cell that cannot be
        used.
        """
        tables = self._tables()
        fields = tuple(
            _field(column.field, [table.values[column.field] for table in tables.values()])
            for column in self.columns
        )
        return Statement(fields, {part: table.count for part, table in tables.items()})

    def read(self, place: Place, say: Say, progress: bool) -> Contents:
        """The parts. Raises DataError also for a class that the training part has no sample of."""
        from nettool.data.sources.tables.table_columns import contents_of

        return contents_of({part: (path, self._tables()[part].values) for part, path in self.parts})

    def facts(self) -> dict[str, object]:
        """The keys `table` and `columns`."""
        paths = {part: str(path) for part, path in self.parts}
        return {
            "table": paths["train"] if len(paths) == 1 else paths,
            "columns": {column.field: _written(column) for column in self.columns},
        }

    @property
    def column_names(self) -> Mapping[str, tuple[str, ...]]:
        """The columns of each field."""
        return {each.field: each.columns for each in self.columns}

    def kind_advice(self, field: str, kind: FieldKind) -> str | None:
        """The entry under `columns`."""
        column = self.column_names.get(field, (field,))[0]
        return f"write `{field}: {{column: {column}, as: {kind}}}` under `columns`"

    def _tables(self) -> dict[PartName, ReadTable]:
        tables = {}
        for part, path in self.parts:
            with at_key("table", part):
                tables[part] = _table(path, self.columns)
        return tables


def _table(path: Path, columns: tuple[TableColumn, ...]) -> ReadTable:
    try:
        status = path.stat()
    except OSError as error:
        raise DataMissing(f"`{path}` is not there", ("expected: a CSV file",)) from error
    return _read_once(path, columns, (status.st_mtime_ns, status.st_size))


@lru_cache(_REMEMBERED)
def _read_once(path: Path, columns: tuple[TableColumn, ...], state: tuple[int, int]) -> ReadTable:
    """The table; a changed file has another `state`, and is read again."""
    rows = csv_rows(path)
    line, header = next(rows)
    values = {column.field: _values(column, path, line, header) for column in columns}
    adders = [each.add for each in values.values()]
    count = 0
    for count, (line, cells) in enumerate(rows, 1):  # noqa: B007 – the count after the last row
        for add in adders:
            add(line, cells)
    if not count:
        raise DataError(f"`{path}` has no rows below its header", ("expected: one for each sample",))
    return ReadTable(count, values)


def _values(column: TableColumn, path: Path, line: int, header: list[str]) -> TableValues:
    """What takes the values of a field, empty. Raises DataError for a column that is not there."""
    place_of = {name: place for place, name in enumerate(header)}
    for name in column.columns:
        if name not in place_of:
            named = [each for each in header if each]
            advice = did_you_mean(name, named)
            known = f"its columns are {listing(named)}"
            details = (known,) if advice is None else (advice, known)
            raise DataError(
                f"`{path}:{line}` has no column `{name}`", details, column_key(column.field, name)
            )
    cells = [TableCells(path, column.field, name, place_of[name]) for name in column.columns]
    return Numbers(*cells) if column.kind == "number" else _SINGLE[column.kind](cells[0])


def _field(name: str, parts: list[TableValues]) -> Field:
    first = parts[0]
    if isinstance(first, Numbers):
        return Field(name, "vector", (first.width,), "float64")
    if isinstance(first, Tokens):
        highest = max(max(part.flat) for part in parts if isinstance(part, Tokens))
        return Field(name, "sequence", (None,), "int32", highest=float(max(highest, 1)))
    if isinstance(first, Labels):
        by_word = classes_by_word(part for part in parts if isinstance(part, Labels))
        return Field(name, "label", (), "int64", classes=tuple(dict.fromkeys(by_word.values())))
    sample = image_sample([part for part in parts if isinstance(part, FileNames)])
    return Field(name, "image", sample.shape, sample.dtype, highest=sample.highest)


def _written(column: TableColumn) -> object:
    if column.kind != "number":
        return {"column": column.columns[0], "as": column.kind}
    return column.columns[0] if len(column.columns) == 1 else list(column.columns)
