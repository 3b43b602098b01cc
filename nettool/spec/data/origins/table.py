"""`table`: CSV files of the user's own, whose columns are fields."""

from __future__ import annotations

from collections.abc import Mapping as Values
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.kinds.kind import Word
from nettool.spec.data.origins.files import DataFiles, FileEntry, name_of_files
from nettool.spec.data.origins.origin import Origin
from nettool.spec.data.origins.table_header import columns_example
from nettool.spec.keys.key import Key, TreeKind, key
from nettool.spec.keys.path_kind import PATH_WORDS
from nettool.spec.keys.read_section import ByName, read_table
from nettool.spec.keys.tree_kinds import At
from nettool.spec.keys.values import name_or_number, new_name, wrong_value
from nettool.spec.yaml.located import Located, Name
from nettool.spec.yaml.tree import Mapping, Pair, Sequence, Tree

if TYPE_CHECKING:
    from nettool.data.sources.source import DataSource

ColumnWord = Literal["number", "label", "image", "sequence"]


class ColumnNames(TreeKind):
    """The columns that a field is made of."""

    @property
    def description(self) -> str:
        """One or several."""
        return "the name of a column, or a list of them"

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """Their names."""
        return _columns(tree, what, findings)


@dataclass(frozen=True, slots=True)
class ColumnKeys:
    """The keys of a field that is made of columns."""

    column: tuple[Name, ...] | None = key(
        ColumnNames(),
        meaning="The column's name; for numbers, a list makes one vector of several.",
        example="kind",
        others=("name",),
        needed=True,
    )
    kind: Located[ColumnWord] | None = key(
        At(Word(get_args(ColumnWord))),
        name="as",
        meaning="What the cells are: number, label, image (file names) or sequence (whole numbers).",
        example="label",
        usual="`number`",
        others=("type", "datatype"),
    )


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """A field of a table and the columns that it is made of."""

    field: Name
    columns: tuple[Name, ...]
    kind: ColumnWord


class TableColumns(ByName):
    """The fields of a table, each with its columns: a mapping, or their names alone."""

    def entry(self, pair: Pair, findings: Findings) -> object | None:
        """The columns of a field."""
        name = new_name(pair.key, "a field", findings)
        if not isinstance(pair.value, Mapping):
            columns = _columns(pair.value, name.value, findings)
            return None if columns is None else ColumnEntry(name, columns, "number")
        before = findings.error_count
        owner = f"the field `{name.value}`"
        keys = read_table(ColumnKeys, pair.value, owner, findings, None, name.span).value
        columns, kind = keys.column, keys.kind or Located("number", name.span)
        if columns is None or findings.error_count > before:
            return None
        if len(columns) > 1 and kind.value != "number":
            message = f"`{name.value}` is made of {len(columns)} columns, but only numbers can be"
            help_text = f"name one column, and another field for each of the others (as {kind.value})"
            findings.add(Diagnostic("NT205", message, kind.span, help=help_text))
            return None
        return ColumnEntry(name, columns, kind.value)


def _columns(tree: Tree, what: str, findings: Findings) -> tuple[Name, ...] | None:
    wanted = ColumnNames().description
    if isinstance(tree, Sequence) and not tree.items:
        wrong_value(findings, tree, what, wanted, "the list is empty")
        return None
    items = tree.items if isinstance(tree, Sequence) else (tree,)
    names = [name_or_number(item, what, wanted, findings) for item in items]
    return None if None in names else tuple(name for name in names if name is not None)


@dataclass(frozen=True, slots=True)
class TableOrigin(Origin):
    """Files of comma-separated values, and the fields that their columns are."""

    files: tuple[FileEntry, ...] = key(
        DataFiles((".csv", ".tsv")),
        name="table",
        meaning="CSV files of your own: one, or one for each part.",
        example="houses.csv",
        others=("csv", "tsv", "csv_file", *PATH_WORDS),
    )
    columns: tuple[ColumnEntry, ...] = key(
        TableColumns(ColumnKeys, short=ColumnNames()),
        default=(),
        meaning="The fields, and the columns that each is made of.",
        example="{features: [rooms, area], price: price}",
        needed=True,
    )

    def source(self, findings: Findings) -> DataSource | None:
        """The rows of the files."""
        from nettool.data.sources.tables.table import Table, TableColumn

        return Table(
            name_of_files(self.files),
            tuple((file.part, file.path.value) for file in self.files),
            tuple(
                TableColumn(entry.field.value, tuple(name.value for name in entry.columns), entry.kind)
                for entry in self.columns
            ),
        )

    @classmethod
    def missing(cls, companion: Key, named: Pair, values: Values[str, object]) -> Diagnostic:
        """The columns of the user's own table, as an example."""
        files = values["files"]
        first = files[0] if isinstance(files, tuple) else None
        example = columns_example(first.path.value if isinstance(first, FileEntry) else None)
        help_text = f"for example: write `{example}` under `data`"
        message = "`data` does not say which `columns` of the table are which fields"
        return Diagnostic("NT202", message, named.key.span, help=help_text)
