"""Which names stand where: a scope is the top of the spec or one use of a block, with what it declares."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nettool.graph.network import Group
from nettool.spec.network.blocks import Block
from nettool.spec.network.entries import Entry
from nettool.spec.yaml.located import Name


@dataclass(frozen=True, slots=True)
class Member:
    """What a name stands for: a place, or as many as `repeat` says. A place is an address or a scope."""

    entry: Entry
    copies: "tuple[str | Scope, ...]"
    numbered: bool


@dataclass(slots=True, eq=False)
class Scope:
    """The top of the spec (`parent` None) or one use of a block."""

    address: str
    parent: "Scope | None"
    entries: tuple[Entry, ...]
    input_names: tuple[Name, ...]
    outputs: tuple[Name, ...]
    values: Mapping[str, object]
    groups: tuple[Group, ...] = ()
    use: Entry | None = None
    block: Block | None = None
    model: "Scope | None" = None
    """The innermost use of a model that this scope is, or is in."""
    is_frozen: bool = False
    """Whether `trainable: false` holds for everything in it."""
    members: dict[str, Member] = field(default_factory=dict)
    inputs: "dict[str, tuple[Scope, Name] | str]" = field(default_factory=dict)
    """What a block's input stands for: a name in the scope outside, or the output of the copy before."""

    def inner(self, name: str) -> str:
        """The address of something declared here."""
        return f"{self.address}.{name}" if self.address else name
