"""Where data come from: the keys of the `data:` section that say it, read as one typed origin."""

from dataclasses import dataclass
from pathlib import Path

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import listing
from nettool.spec.data.fields import ColumnEntry, FieldEntry, made_up_fields, stated_fields, table_columns
from nettool.spec.data.files import FileEntry, array_files, path_of, table_files
from nettool.spec.data.table_header import columns_example
from nettool.spec.located import Located, Name
from nettool.spec.tree import Mapping, Pair
from nettool.spec.values import text, whole_number

ORIGINS = ("dataset", "arrays", "folder", "table", "random")
COMPANIONS = {"fields": "arrays", "columns": "table", "samples": "random"}
"""Keys that go with one origin alone."""
DEFAULT_SAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class DatasetOrigin:
    """`dataset:`, a data set that nettool knows by name."""

    span: Span
    name: Name


@dataclass(frozen=True, slots=True)
class ArraysOrigin:
    """`arrays:` files of NumPy, and in `fields` what they do not tell of themselves."""

    span: Span
    files: tuple[FileEntry, ...]
    fields: tuple[FieldEntry, ...]


@dataclass(frozen=True, slots=True)
class FolderOrigin:
    """`folder:` images by class."""

    span: Span
    path: Located[Path]


@dataclass(frozen=True, slots=True)
class TableOrigin:
    """`table:` files of comma-separated values, and the fields that their columns are."""

    span: Span
    files: tuple[FileEntry, ...]
    columns: tuple[ColumnEntry, ...]


@dataclass(frozen=True, slots=True)
class RandomOrigin:
    """`random:` made-up values of these fields."""

    span: Span
    fields: tuple[FieldEntry, ...]
    samples: int


Origin = DatasetOrigin | ArraysOrigin | FolderOrigin | TableOrigin | RandomOrigin


def read_origin(tree: Mapping, keys: dict[str, Pair], folder: Path, findings: Findings) -> Origin | None:
    """The one origin of a `data:` section, or None (and diagnostics). Relative paths start at `folder`."""
    named = [keys[key] for key in keys if key in ORIGINS]
    if not named:
        help_text = f"for example `dataset: mnist`; data come from one of {listing(ORIGINS)}"
        message = "`data` does not say where the data come from"
        findings.add(Diagnostic("NT202", message, tree.span, help=help_text))
        return None
    if len(named) > 1:
        findings.add(_two_origins(named))
        return None
    (kind,) = (key for key in keys if key in ORIGINS)
    for key, goes_with in COMPANIONS.items():
        if key in keys and goes_with != kind:
            message = f"`{key}` goes with `{goes_with}`, not with `{kind}`"
            findings.add(Diagnostic("NT201", message, keys[key].key.span))
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
    name = text(keys["dataset"].value, "dataset", findings)
    return None if name is None else DatasetOrigin(name.span, name)


def _arrays(keys: dict[str, Pair], folder: Path, findings: Findings) -> Origin | None:
    files = array_files(keys["arrays"].value, folder, findings)
    fields = stated_fields(keys["fields"].value, findings) if "fields" in keys else ()
    return None if files is None or fields is None else ArraysOrigin(_span(keys["arrays"]), files, fields)


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
    columns = table_columns(keys["columns"].value, findings)
    return None if files is None or columns is None else TableOrigin(_span(keys["table"]), files, columns)


def _random(keys: dict[str, Pair], folder: Path, findings: Findings) -> Origin | None:
    fields = made_up_fields(keys["random"].value, findings)
    count: int | None = DEFAULT_SAMPLES
    if "samples" in keys:
        count = whole_number(keys["samples"].value, "samples", 1, findings)
    return None if fields is None or count is None else RandomOrigin(keys["random"].key.span, fields, count)


def _span(pair: Pair) -> Span:
    """Where an origin is named: a mapping may go over many lines, so its key stands for it."""
    return pair.key.span if isinstance(pair.value, Mapping) else pair.value.span


_READERS = {"dataset": _dataset, "arrays": _arrays, "folder": _folder, "table": _table, "random": _random}
