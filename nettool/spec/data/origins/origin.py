"""What every origin of data has: keys of its own, a reader of them, and the source that they stand for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Span
from nettool.spec.keys.key import Key, keys_of
from nettool.spec.keys.path_kind import PathKind
from nettool.spec.keys.read_section import read_value
from nettool.spec.yaml.tree import Mapping as Table
from nettool.spec.yaml.tree import Pair

if TYPE_CHECKING:
    from pathlib import Path

    from nettool.data.sources.source import DataSource


@dataclass(frozen=True, slots=True)
class Origin(ABC):
    """Where data come from. A class declares its keys: the first names the origin, the others go with it.

    A new origin is a file beside this one, and a line in the table of `own_origins.py`. Readers, messages,
    the JSON Schema, the manual's table and completion know it from there.
    """

    span: Span
    """Where it is named."""

    @abstractmethod
    def source(self, findings: Findings) -> DataSource | None:
        """The source that can be asked what it holds; nothing is read. None after a report.

        What a source needs is imported here, within the function, so that reading a spec stays light.
        """

    @classmethod
    def read(cls, written: Mapping[str, Pair], folder: Path, findings: Findings) -> Self | None:
        """The origin of a `data:` section that names it, or None (and diagnostics).

        `written` are the keys of the section; relative paths start at `folder`.
        """
        named, *companions = keys_of(cls).values()
        values: dict[str, Any] = {}
        for each in (named, *companions):
            if each.name in written:
                values[each.field] = _value(each, written[each.name], folder, findings)
        missing = [each for each in companions if each.is_needed and each.name not in written]
        for each in missing:
            findings.add(cls.missing(each, written[named.name], values))
        if missing or any(value is None for value in values.values()):
            return None
        return cls(_place(written[named.name]), **values)

    @classmethod
    def missing(cls, companion: Key, named: Pair, values: Mapping[str, object]) -> Diagnostic:
        """What to say where a needed key is not beside the one that names the origin."""
        message = f"`{named.key.text}` needs `{companion.name}` beside it"
        help_text = f"for example: write `{companion.name}: {companion.example}` under `data`"
        return Diagnostic("NT202", message, named.key.span, help=help_text)


def name_of(origin: type[Origin]) -> str:
    """The key that names an origin: the first one that it declares."""
    return next(iter(keys_of(origin)))


def _value(key: Key, pair: Pair, folder: Path, findings: Findings) -> object | None:
    if isinstance(key.kind, PathKind):
        return key.kind.read_from(folder, pair.value, key.name, findings)
    return read_value(key.kind, pair.value, key.name, findings)


def _place(pair: Pair) -> Span:
    """Where an origin is named: a mapping may go over many lines, so its key stands for it."""
    return pair.key.span if isinstance(pair.value, Table) else pair.value.span
