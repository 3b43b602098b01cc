"""A value as YAML on one line, as a spec writes it: `{layer: Dense, units: 64}`."""

import json
from collections.abc import Mapping

from nettool.diagnostics.printable import printable
from nettool.spec.yaml.scalars import resolve
from nettool.spec.yaml.tree import Mapping as Table
from nettool.spec.yaml.tree import Pair, Scalar, Sequence, Tree

_NEEDS_QUOTES = frozenset("{}[],&*#?|<>=!%@`'\"\\\n\t:")

LONGEST_SHOWN = 300
"""Letters of a value that is repeated in an advice."""


def yaml_flow(value: object) -> str:
    """The value in flow style; a text is quoted only where YAML would read something else."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{yaml_flow(key)}: {yaml_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(yaml_flow, value)) + "]"
    if isinstance(value, str) and _is_plain(value):
        return value
    return printable(json.dumps(value, ensure_ascii=False))


def as_written(tree: Tree) -> str:
    """A part of a spec in flow style, its numbers as they were written; `…` where it is long."""
    text = flow(tree)
    return text if len(text) <= LONGEST_SHOWN else "…"


def pair_as_written(pair: Pair) -> str:
    """A key with its value so: `units: 64`."""
    return f"{yaml_flow(pair.key.text)}: {as_written(pair.value)}"


def flow(tree: Tree) -> str:
    """The same in full."""
    if isinstance(tree, Table):
        return "{" + ", ".join(f"{yaml_flow(pair.key.text)}: {flow(pair.value)}" for pair in tree.pairs) + "}"
    if isinstance(tree, Sequence):
        return "[" + ", ".join(map(flow, tree.items)) + "]"
    return _scalar(tree)


def _scalar(scalar: Scalar) -> str:
    if isinstance(scalar.value, str):
        return yaml_flow(scalar.value)
    return scalar.text or "null"


def _is_plain(text: str) -> bool:
    return (
        resolve(text) == text
        and text == text.strip()
        and not text.startswith("-")
        and not _NEEDS_QUOTES & set(text)
        and text.isprintable()
    )
