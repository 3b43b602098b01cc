"""The spec as the file says it: typed, located, and not yet a network."""

from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Literal

from nettool.diagnostics.source import Source, Span
from nettool.spec.data_section import DataSection
from nettool.spec.located import Located, Name, Option
from nettool.spec.python_file import PythonFile
from nettool.spec.read_section import ReadSection
from nettool.spec.training import Training
from nettool.spec.tree import Mapping, Tree

EntryKind = Literal["layer", "merge", "block", "model", "application", "reuse"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of `nodes` or `merges`.

    `target` is what the kind names: a Keras class, a block, a node. `sources` is None where no `from` is
    written. `sound` is False when something about the entry was already found wrong: it then stands for a
    node of unknown shape, so that what follows is not blamed for it.
    """

    name: Name
    kind: EntryKind
    target: Name
    sources: tuple[Name, ...] | None
    options: Table[str, Option]
    repeat: Tree | None
    section: str
    span: Span
    sound: bool = True
    values: Tree | None = None
    """The `weights:` of the entry: literal values by the weight's name."""


@dataclass(frozen=True, slots=True)
class Block:
    """A reusable sub-graph. Options hold defaults; a default of null means that each use must say it.

    A model is a block without options whose uses share one set of weights; its inputs may have shapes.
    """

    name: Name
    options: Table[str, Option]
    inputs: tuple[Name, ...]
    entries: tuple[Entry, ...]
    outputs: tuple[Name, ...]
    sound: bool = True
    is_model: bool = False
    input_shapes: Table[str, Located[tuple[int | None, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InputEntry:
    """An input of the network: shape without the batch axis (None: any length), dtype, field of the data.

    `batch_size` is set where the network is built for batches of one size, `shape_key` is what the shape
    stands under.
    """

    name: Name
    shape: Located[tuple[int | None, ...]] | None
    dtype: str
    field: Name | None
    batch_size: int | None = None
    shape_key: str = "shape"


@dataclass(frozen=True, slots=True)
class Objective:
    """A loss or a metric as written: at an output, by a Keras name, with options.

    A loss with `between` compares two nodes; `output` is then a name of its own, for its figure.
    """

    output: Name
    name: Name
    options: Table[str, Option]
    weight: float = 1.0
    target: Name | None = None
    between: tuple[Name, Name] | None = None


@dataclass(frozen=True, slots=True)
class ViewEntry:
    """A sub-model over the same weights: what it takes and what it gives."""

    name: Name
    inputs: tuple[Name, ...]
    outputs: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class ExpectEntry:
    """A claim as written: a figure's name and what it should be."""

    figure: Name
    relation: Literal["exactly", "at least", "at most"]
    value: float
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A whole spec. Sections that are not written are None (or empty)."""

    source: Source
    tree: Mapping
    name: str
    inputs: tuple[InputEntry, ...]
    blocks: Table[str, Block]
    models: Table[str, Block]
    entries: tuple[Entry, ...]
    outputs: tuple[Name, ...] | None
    losses: tuple[Objective, ...]
    metrics: tuple[Objective, ...]
    data: DataSection | None
    train: ReadSection[Training] | None
    expect: tuple[ExpectEntry, ...]
    views: tuple[ViewEntry, ...] = ()
    python: tuple[PythonFile, ...] = ()
