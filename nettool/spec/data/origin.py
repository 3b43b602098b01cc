"""Where data come from: the keys of the `data:` section that say it, read as one typed origin."""

from collections.abc import Mapping as Table
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import listing
from nettool.kinds.kind import Name as NameKind
from nettool.kinds.kind import Whole
from nettool.spec.data.fields import (
    ColumnEntry,
    FieldEntry,
    RandomFields,
    StatedFields,
    TableColumns,
)
from nettool.spec.data.files import FileEntry, array_files, path_of, table_files
from nettool.spec.data.table_header import columns_example
from nettool.spec.key import Key, key, keys_of
from nettool.spec.located import Located, Name
from nettool.spec.read_section import read_keys
from nettool.spec.tree import Mapping, Pair
from nettool.spec.tree_kinds import AsWritten, At

_PATH_WORDS = ("path", "file", "filename", "source")


@dataclass(frozen=True, slots=True)
class DatasetOrigin:
    """A data set that nettool knows by name."""

    span: Span
    name: Name = key(
        At(NameKind()),
        name="dataset",
        meaning="A data set that nettool knows, by name.",
        example="mnist",
        others=("name",),
    )


@dataclass(frozen=True, slots=True)
class ArraysOrigin:
    """Files of NumPy, and in `fields` what they do not tell of themselves."""

    span: Span
    files: tuple[FileEntry, ...] = key(
        AsWritten("a path, or paths by part or by field"),
        name="arrays",
        meaning="NumPy files of your own: an .npz, or .npy files by field; or these by part.",
        example="shapes.npz",
        others=("npz", "npy", "numpy", "array", *_PATH_WORDS),
    )
    fields: tuple[FieldEntry, ...] = key(
        StatedFields(),
        default=(),
        meaning="What the arrays do not say themselves, by field.",
        example="{label: {classes: [circle, square, star]}}",
    )


@dataclass(frozen=True, slots=True)
class FolderOrigin:
    """Images by class."""

    span: Span
    path: Located[Path] = key(
        AsWritten("a path"),
        name="folder",
        meaning="Images of your own: a folder (or .zip, .tar) with a folder for each class, by part or not.",
        example="pets",
        others=("dir", "directory", "images", "image_dir", "data_dir", *_PATH_WORDS),
    )


@dataclass(frozen=True, slots=True)
class TableOrigin:
    """Files of comma-separated values, and the fields that their columns are."""

    span: Span
    files: tuple[FileEntry, ...] = key(
        AsWritten("a path, or paths by part"),
        name="table",
        meaning="CSV files of your own: one, or one for each part.",
        example="houses.csv",
        others=("csv", "tsv", "csv_file", *_PATH_WORDS),
    )
    columns: tuple[ColumnEntry, ...] = key(
        TableColumns(),
        default=(),
        meaning="The fields, and the columns that each is made of.",
        example="{features: [rooms, area], price: price}",
    )


@dataclass(frozen=True, slots=True)
class RandomOrigin:
    """Random values of these fields."""

    span: Span
    fields: tuple[FieldEntry, ...] = key(
        RandomFields(),
        name="random",
        meaning="Random values of these fields.",
        example="{image: {shape: [28, 28, 1], highest: 255}, label: {classes: 10}}",
    )
    samples: int = key(
        Whole(1),
        default=1_000,
        meaning="How many samples are drawn.",
        example="200",
        others=("max_samples", "n_samples", "num_samples"),
    )


Origin = DatasetOrigin | ArraysOrigin | FolderOrigin | TableOrigin | RandomOrigin

ORIGINS: Table[str, type] = {
    next(iter(keys_of(each))): each
    for each in (DatasetOrigin, ArraysOrigin, FolderOrigin, TableOrigin, RandomOrigin)
}
"""By the key that names the origin: the first one that it declares."""
COMPANIONS: Table[str, str] = {
    name: origin for origin, each in ORIGINS.items() for name in keys_of(each) if name != origin
}
"""Keys that go with one origin alone."""


def origin_keys() -> Table[str, Key]:
    """The keys of all origins: first those that name one, then those that go with it."""
    declared = {name: each for origin in ORIGINS.values() for name, each in keys_of(origin).items()}
    return {name: declared[name] for name in (*ORIGINS, *COMPANIONS)}


def read_origin(tree: Mapping, keys: dict[str, Pair], folder: Path, findings: Findings) -> Origin | None:
    """The one origin of a `data:` section, or None (and diagnostics). Relative paths start at `folder`."""
    named = [keys[name] for name in keys if name in ORIGINS]
    if not named:
        help_text = f"for example `dataset: mnist`; data come from one of {listing(ORIGINS)}"
        message = "`data` does not say where the data come from"
        findings.add(Diagnostic("NT202", message, tree.span, help=help_text))
        return None
    if len(named) > 1:
        findings.add(_two_origins(named))
        return None
    (kind,) = (name for name in keys if name in ORIGINS)
    for name, goes_with in COMPANIONS.items():
        if name in keys and goes_with != kind:
            message = f"`{name}` goes with `{goes_with}`, not with `{kind}`"
            findings.add(Diagnostic("NT201", message, keys[name].key.span))
    return _READERS[kind](keys, folder, findings)


def _two_origins(named: list[Pair]) -> Diagnostic:
    return Diagnostic(
        "NT204",
        f"`data` comes from two places: {listing(pair.key.text for pair in named)}",
        named[1].key.span,
        labels=(Label(named[0].key.span, "the first"),),
        help="keep one of them",
    )


def _dataset(keys: dict[str, Pair], folder: Path, findings: Findings) -> Origin | None:
    values: dict[str, Any] = read_keys(DatasetOrigin, keys, findings)
    return DatasetOrigin(keys["dataset"].value.span, **values) if values else None


def _arrays(keys: dict[str, Pair], folder: Path, findings: Findings) -> Origin | None:
    files = array_files(keys["arrays"].value, folder, findings)
    values: dict[str, Any] = _own(ArraysOrigin, keys, findings)
    if files is None or ("fields" in keys and "fields" not in values):
        return None
    return ArraysOrigin(_span(keys["arrays"]), files, **values)


def _folder(keys: dict[str, Pair], folder: Path, findings: Findings) -> Origin | None:
    path = path_of(keys["folder"].value, "folder", folder, findings)
    return None if path is None else FolderOrigin(path.span, path)


def _table(keys: dict[str, Pair], folder: Path, findings: Findings) -> Origin | None:
    files = table_files(keys["table"].value, folder, findings)
    if "columns" not in keys:
        example = columns_example(files[0].path.value if files else None)
        help_text = f"for example: write `{example}` under `data`"
        message = "`data` does not say which `columns` of the table are which fields"
        findings.add(Diagnostic("NT202", message, keys["table"].key.span, help=help_text))
        return None
    values: dict[str, Any] = _own(TableOrigin, keys, findings)
    return None if files is None or not values else TableOrigin(_span(keys["table"]), files, **values)


def _random(keys: dict[str, Pair], folder: Path, findings: Findings) -> Origin | None:
    values: dict[str, Any] = read_keys(RandomOrigin, keys, findings)
    is_whole = len(values) == len(keys_of(RandomOrigin).keys() & keys.keys())
    return RandomOrigin(keys["random"].key.span, **values) if is_whole else None


def _own(origin: type, keys: dict[str, Pair], findings: Findings) -> dict[str, object]:
    """The values of the keys that go with an origin."""
    beside = {name: pair for name, pair in keys.items() if name in COMPANIONS}
    return read_keys(origin, beside, findings)


def _span(pair: Pair) -> Span:
    """Where an origin is named: a mapping may go over many lines, so its key stands for it."""
    return pair.key.span if isinstance(pair.value, Mapping) else pair.value.span


_READERS = {"dataset": _dataset, "arrays": _arrays, "folder": _folder, "table": _table, "random": _random}
