"""The `data:` section as the file says it: one origin, and what is to be done to it; typed and located."""

from collections.abc import Mapping as Table
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nettool.diagnostics.source import Span
from nettool.spec.located import Located, Name, Option
from nettool.spec.tree import Tree

PartWord = Literal["train", "validation", "test"]
KindWord = Literal["image", "label", "vector", "sequence"]
ColumnWord = Literal["number", "label", "image", "sequence"]
NormalizeWord = Literal["unit", "standard", "none"]


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file that holds a part of the data, or one field of it (`field` is None where it names its own).

    The path is the user's, absolute: relative ones start at the spec's folder.
    """

    part: PartWord
    field: Name | None
    path: Located[Path]


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """What a spec says of a field. `classes` are names, or how many."""

    name: Name
    kind: Located[KindWord] | None = None
    shape: Located[tuple[int | None, ...]] | None = None
    dtype: Name | None = None
    highest: Located[float] | None = None
    classes: Located[int | tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """A field of a table and the columns that it is made of."""

    field: Name
    columns: tuple[Name, ...]
    kind: ColumnWord


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


@dataclass(frozen=True, slots=True)
class DerivedEntry:
    """A new field, looked up from another by class.

    `classes` are those that the values are for; None where the values are in the order of all classes. `span`
    is where the values stand.
    """

    name: Name
    origin: Name
    values: tuple[Located[str | float], ...]
    classes: tuple[Name, ...] | None
    span: Span


@dataclass(frozen=True, slots=True)
class NormalizeEntry:
    """What a network gets of a field; `field` is None for all fields that feed it."""

    field: Name | None
    mode: Located[NormalizeWord]


@dataclass(frozen=True, slots=True)
class AugmentEntry:
    """A layer that changes images while training, with its options."""

    layer: Name
    options: Table[str, Option]


@dataclass(frozen=True, slots=True)
class DataSection:
    """The whole section: which keys are there is decided here, what they may name by the data package.

    `tree` is the section as it stands in the file.
    """

    origin: Origin
    tree: Tree
    task: Name | None = None
    classes: Located[int] | tuple[Located[str | int], ...] | None = None
    limit: Located[int] | None = None
    test_split: Located[float] | None = None
    resize: Located[tuple[int, int]] | None = None
    crop: Located[tuple[int, int]] | None = None
    pad: Located[tuple[int, int]] | None = None
    channels: Located[int] | None = None
    fit: bool = False
    pairs_per_sample: Located[int] | None = None
    derive: tuple[DerivedEntry, ...] = ()
    normalize: tuple[NormalizeEntry, ...] = ()
    augment: tuple[AugmentEntry, ...] = ()

    @property
    def span(self) -> Span:
        """Where the origin is named: what a label about the data points at."""
        return self.origin.span
