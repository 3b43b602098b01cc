"""The spec as the file says it: typed, located, and not yet a network."""

from collections.abc import Mapping as Table
from dataclasses import dataclass

from nettool.diagnostics.source import Source
from nettool.spec.blocks import Block
from nettool.spec.data.section import DataSection
from nettool.spec.entries import Entry
from nettool.spec.expect import ExpectEntry
from nettool.spec.inputs import InputEntry
from nettool.spec.located import Name
from nettool.spec.objectives import Objective
from nettool.spec.python_file import PythonFile
from nettool.spec.read_section import ReadSection
from nettool.spec.training import Training
from nettool.spec.tree import Mapping
from nettool.spec.views import ViewEntry


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
