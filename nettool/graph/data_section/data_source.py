"""The origin that a spec names → the source that can be asked what it holds; nothing is read here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nettool.data.builtin.catalogue import DATA_SETS
from nettool.data.sources.built_in import BuiltIn
from nettool.data.sources.source import DataSource, PartName
from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.graph.data_section.synthetic_field import class_names, made_up_field
from nettool.spec.data.fields import FieldEntry
from nettool.spec.data.files import FileEntry
from nettool.spec.data.origin import (
    ArraysOrigin,
    DatasetOrigin,
    FolderOrigin,
    Origin,
    RandomOrigin,
    TableOrigin,
)
from nettool.spec.located import Name
from nettool.spec.other_words import origin_of

if TYPE_CHECKING:
    from nettool.data.field import FieldDescription

_MOST_NAMES = 2
"""Files that a source is named after."""


def data_source(origin: Origin, findings: Findings) -> DataSource | None:
    """The source, or None (and diagnostics) when there is none of that name or its fields make no sense."""
    if isinstance(origin, DatasetOrigin):
        return _built_in(origin.name, findings)
    if isinstance(origin, ArraysOrigin):
        return _arrays(origin)
    if isinstance(origin, FolderOrigin):
        return _folder(origin)
    if isinstance(origin, TableOrigin):
        return _table(origin)
    return _random(origin, findings)


def _built_in(name: Name, findings: Findings) -> DataSource | None:
    if name.value in DATA_SETS:
        return BuiltIn(name.value)
    help_text = _path_advice(name.value) or did_you_mean(name.value, DATA_SETS)
    help_text = (
        help_text or f"there are {listing(DATA_SETS)}; your own data are `arrays`, a `folder` or a `table`"
    )
    findings.add(Diagnostic("NT501", f"there is no data set `{name.value}`", name.span, help=help_text))
    return None


def _path_advice(written: str) -> str | None:
    """For a path in the place of a name: under which key it belongs."""
    if "://" in written:
        return (
            "data are read from files: download it, and write `data: {table: FILE}`, or `folder` or `arrays`"
        )
    kind = origin_of(written)
    return None if kind is None else f"a file or folder of your own: write `data: {{{kind}: {written}}}`"


def _arrays(origin: ArraysOrigin) -> DataSource:
    from nettool.data.sources.array_files import ArrayFiles

    parts: dict[PartName, list[tuple[str, Path]]] = {}
    for file in origin.files:
        field = "" if file.field is None else file.field.value
        parts.setdefault(file.part, []).append((field, file.path.value))
    return ArrayFiles(
        _name_of_files(origin.files),
        tuple((part, tuple(files)) for part, files in parts.items()),
        tuple(_words(entry) for entry in origin.fields),
    )


def _words(entry: FieldEntry) -> FieldDescription:
    from nettool.data.field import FieldDescription

    classes = None if entry.classes is None else class_names(entry.classes.value)
    kind = None if entry.kind is None else entry.kind.value
    return FieldDescription(
        entry.name.value, kind, classes, None if entry.highest is None else entry.highest.value
    )


def _folder(origin: FolderOrigin) -> DataSource:
    from nettool.data.sources.image_folder import ImageFolder

    return ImageFolder(_name_of(origin.path.value), origin.path.value)


def _table(origin: TableOrigin) -> DataSource:
    from nettool.data.sources.table import Table, TableColumn

    return Table(
        _name_of_files(origin.files),
        tuple((file.part, file.path.value) for file in origin.files),
        tuple(
            TableColumn(entry.field.value, tuple(name.value for name in entry.columns), entry.kind)
            for entry in origin.columns
        ),
    )


def _random(origin: RandomOrigin, findings: Findings) -> DataSource | None:
    from nettool.data.sources.random_values import RandomValues

    fields = [made_up_field(entry, findings) for entry in origin.fields]
    known = tuple(field for field in fields if field is not None)
    return RandomValues(known, origin.samples) if len(known) == len(fields) else None


def _name_of_files(files: tuple[FileEntry, ...]) -> str:
    """The file's name; of several, those of the training part."""
    names = list(dict.fromkeys(_name_of(file.path.value) for file in files if file.part == "train"))
    return " + ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")


def _name_of(path: Path) -> str:
    """The last name of a path, or of where `.` and `..` lead."""
    return path.name if path.name not in ("", "..") else path.resolve().name or str(path)
