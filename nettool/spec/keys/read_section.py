"""The values of a section, read by the keys that its dataclass declares."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Span
from nettool.kinds.kind import Kind
from nettool.spec.keys.key import Key, TreeKind, keys_of
from nettool.spec.keys.known_keys import known_keys
from nettool.spec.keys.value_advice import line_to_write, nearest_name
from nettool.spec.keys.values import mapping, wrong_value
from nettool.spec.yaml.tree import Mapping as Table
from nettool.spec.yaml.tree import Pair, Tree, part, plain

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReadSection(Generic[T]):
    """What a section says, with its defaults, and where: `written` are the keys that stand in the spec."""

    value: T
    span: Span
    written: Mapping[str, Pair]

    def place(self, key: str, *path: str) -> Span | None:
        """Where the value of a key stands, or a part of it as far as it is there; None for a key left out."""
        found = self.at(key, *path)
        return None if found is None else found.span

    def at(self, key: str, *path: str) -> Tree | None:
        """The value itself, as it is written; a misspelt key within it is the one that it was read as."""
        pair = self.written.get(key)
        if pair is None:
            return None
        tree, kind = pair.value, keys_of(type(self.value))[key].kind
        if path and isinstance(tree, Table) and isinstance(kind, Nested):
            inner = known_keys(tree, keys_of(kind.section), key, Findings()).get(path[0])
            return tree if inner is None else part(inner.value, path[1:])
        return part(tree, path)


def read_section(
    section: type[T],
    tree: Tree,
    what: str,
    findings: Findings,
    advice: Callable[[Pair], str | None] | None = None,
) -> ReadSection[T] | None:
    """The section `what`; None where it is no mapping. What is wrong in it is reported and has its default.

    `advice` says where a key that it does not have belongs.
    """
    table = mapping(tree, what, findings)
    if table is None:
        return None
    return read_table(section, table, f"`{what}`", findings, advice)


def read_table(
    section: type[T],
    table: Table,
    owner: str,
    findings: Findings,
    advice: Callable[[Pair], str | None] | None = None,
    place: Span | None = None,
    **known: object,
) -> ReadSection[T]:
    """The same of a mapping that is one for certain; `owner` is what its messages call it.

    `known` are fields of the dataclass that are no keys; `place` is where a missing key is reported.
    """
    declared = keys_of(section)
    pairs = known_keys(table, declared, owner, findings, advice)
    for each in declared.values():
        if each.is_needed and each.name not in pairs:
            message = f"{owner} has no `{each.name}`"
            help_text = f"for example `{each.name}: {each.example}`"
            findings.add(Diagnostic("NT202", message, place or table.span, help=help_text))
    return ReadSection(section(**read_keys(section, pairs, findings), **known), table.span, pairs)


def read_keys(section: type, pairs: Mapping[str, Pair], findings: Findings) -> dict[str, object]:
    """The values, by the dataclass's fields, of those pairs whose keys a section declares."""
    declared = keys_of(section)
    values: dict[str, object] = {}
    for name, pair in pairs.items():
        key = declared.get(name)
        value = None if key is None else read_value(key.kind, pair.value, name, findings)
        if key is not None and value is not None:
            values[key.field] = value
    return values


def read_value(kind: Kind, tree: Tree, what: str, findings: Findings) -> object | None:
    """The typed value of a key; None after a report of what is wrong with it."""
    if isinstance(kind, TreeKind):
        return kind.read(tree, what, findings)
    written = plain(tree)
    fault = kind.fault(written)
    if fault is None:
        return kind.typed(written)
    place = part(tree, fault.path, at_key=fault.at_key)
    advice = line_to_write(what, written, kind, fault) or nearest_name(written, kind, fault)
    findings.add(Diagnostic("NT205", f"`{what}` {fault.message}", place.span, help=advice))
    return None


def written_section(section: object) -> dict[str, object]:
    """A section's values as a spec writes them, defaults and all; what is None is left out."""
    found = {}
    for name, declared in keys_of(type(section)).items():
        value = getattr(section, declared.field)
        written = None if value is None else declared.kind.plain(value)
        if written is not None:
            found[name] = written
    return found


@dataclass(frozen=True, slots=True)
class Nested(TreeKind):
    """A mapping with the keys that another dataclass declares."""

    section: type

    @property
    def description(self) -> str:
        """The mapping."""
        return "a mapping of names to values"

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The dataclass with its values."""
        table = mapping(tree, what, findings, self.advice(tree, what))
        return None if table is None else read_table(self.section, table, f"`{what}`", findings).value

    def advice(self, tree: Tree, what: str) -> str | None:
        """What to write instead of something that is no mapping."""
        return None

    def plain(self, typed: object) -> object:
        """The mapping, defaults and all."""
        return written_section(typed)


@dataclass(frozen=True, slots=True)
class ByName(TreeKind):
    """Things by names of the user's own, each a mapping with the keys that a dataclass declares.

    `short` is what may stand in the place of such a mapping; `left_out` are keys that it cannot have.
    """

    section: type
    short: Kind | None = None
    left_out: tuple[str, ...] = ()

    @property
    def description(self) -> str:
        """The mapping."""
        return "a mapping of names to values"

    @property
    def keys(self) -> Mapping[str, Key]:
        """The keys that each of them can have."""
        return {name: each for name, each in keys_of(self.section).items() if name not in self.left_out}

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The entries, at least one; None where anything is wrong with one of them."""
        table = mapping(tree, what, findings)
        if table is None:
            return None
        if not table.pairs:
            wrong_value(findings, tree, what, self.description, "the mapping is empty")
            return None
        found = tuple(self.entry(pair, findings) for pair in table.pairs)
        return None if any(each is None for each in found) else found

    def entry(self, pair: Pair, findings: Findings) -> object | None:
        """The typed value of one name; None after a report."""
        raise NotImplementedError
