"""Kinds whose values keep their places in the spec, since later checks point at them."""

from dataclasses import dataclass

from nettool.diagnostics.diagnostic import Findings
from nettool.kinds.kind import Kind
from nettool.spec.keys.key import TreeKind
from nettool.spec.keys.read_section import read_value
from nettool.spec.keys.values import names, wrong_value
from nettool.spec.yaml.located import Located
from nettool.spec.yaml.tree import Tree


@dataclass(frozen=True, slots=True)
class At(TreeKind):
    """A value of another kind, with its place."""

    kind: Kind

    @property
    def description(self) -> str:
        """The kind's."""
        return self.kind.description

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The value and its place."""
        value = read_value(self.kind, tree, what, findings)
        return None if value is None else Located(value, tree.span)

    def plain(self, typed: object) -> object:
        """The value alone."""
        return self.kind.plain(typed.value) if isinstance(typed, Located) else typed


@dataclass(frozen=True, slots=True)
class AsWritten(TreeKind):
    """A value that is read later, when more is known of what it may be: the tree itself."""

    what: str

    @property
    def description(self) -> str:
        """What it will have to be."""
        return self.what

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The tree."""
        return tree


@dataclass(frozen=True, slots=True)
class Names(TreeKind):
    """A name, or a list of names; exactly `count` of them where it is given."""

    count: int | None = None
    what: str = "a name or a list of names"

    @property
    def description(self) -> str:
        """What is named."""
        return self.what

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The names with their places; a name that stands twice is kept."""
        found = names(tree, what, findings)
        if found is not None and self.count is not None and len(found) != self.count:
            wrong_value(findings, tree, what, self.what)
            return None
        return found

    def plain(self, typed: object) -> object:
        """The list of them."""
        return [each.value for each in typed] if isinstance(typed, tuple) else typed
