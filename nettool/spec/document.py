"""The spec as the file says it: typed, located, and not yet a network."""

from collections.abc import Mapping as Table
from dataclasses import dataclass

from nettool.diagnostics.source import Source
from nettool.spec.data.section import DataSection
from nettool.spec.keys.read_section import ReadSection
from nettool.spec.network.blocks import Block
from nettool.spec.network.entries import Entry
from nettool.spec.network.inputs import InputEntry
from nettool.spec.network.python_file import PythonFile
from nettool.spec.network.views import ViewEntry
from nettool.spec.train.expect import ExpectEntry
from nettool.spec.train.objectives import Objective
from nettool.spec.train.training import Training
from nettool.spec.yaml.located import Name
from nettool.spec.yaml.tree import Mapping


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
