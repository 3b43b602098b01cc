"""A key of the spec language, declared once: as a field of the dataclass that holds its section's values.

    @dataclass(frozen=True, slots=True)
    class Training:
        epochs: int = key(Whole(1), default=10, meaning="How often all samples are used.", example="20")

From these declarations come the reader with its messages, what resolved.yaml writes, the JSON Schema, the
tables in docs/spec.md and the completion of `--set`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from nettool.diagnostics.diagnostic import Findings
from nettool.kinds.kind import Kind
from nettool.spec.yaml.flow import yaml_flow
from nettool.spec.yaml.tree import Tree

_KEY = "key"


class TreeKind(Kind):
    """A kind that reads the located tree: of one value several parts may be wrong, each at its own place."""

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The typed value that stands under the key `what`; None after a report."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its kind of value, what it is for in one plain sentence, an example of a value as it is written.

    `usual` says what holds where the key is not written and no plain `default` says it. `others` are other
    tools' words for it. `field` is the field that declares it.
    """

    kind: Kind
    meaning: str
    example: str
    default: object
    usual: str
    others: tuple[str, ...]
    is_needed: bool
    name: str
    field: str = ""

    @property
    def otherwise(self) -> str:
        """What holds where it is not written, in words or as a spec writes it; empty for nothing."""
        if self.usual or self.default is None or self.is_needed:
            return self.usual
        return f"`{yaml_flow(self.kind.plain(self.default))}`"

    @property
    def about(self) -> str:
        """The meaning and the default."""
        return f"{self.meaning} Default: {self.otherwise}." if self.otherwise else self.meaning


def key(
    kind: Kind,
    *,
    meaning: str,
    example: str = "",
    default: object = None,
    made: Callable[[], object] | None = None,
    usual: str = "",
    others: tuple[str, ...] = (),
    name: str = "",
    needed: bool = False,
) -> Any:  # noqa: ANN401
    """A field that is a key. One that is `needed` must be written; `made` makes a default.

    `name` is the key itself where Python has another use for the word. Like dataclasses.field, the answer
    stands for a value of any type.
    """
    declared = Key(kind, meaning, example, default, usual, others, needed, name)
    if made is not None:
        return field(default_factory=made, metadata={_KEY: declared})
    return field(default=default, metadata={_KEY: declared})


_KNOWN: dict[type, Mapping[str, Key]] = {}


def keys_of(section: type) -> Mapping[str, Key]:
    """The keys that the dataclass of a section declares."""
    if section not in _KNOWN:
        _KNOWN[section] = _declared_in(section)
    return _KNOWN[section]


def _declared_in(section: type) -> Mapping[str, Key]:
    found = {}
    for each in fields(section):
        declared: Key | None = each.metadata.get(_KEY)
        if declared is not None:
            name = declared.name or each.name
            found[name] = replace(declared, name=name, field=each.name)
    return found
