"""A list of layers in the place of `nodes`, as other tools have it: each entry under a name of its own."""

from collections.abc import Iterable

from nettool.diagnostics.source import Span
from nettool.spec.yaml.flow import pair_as_written
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Sequence, Tree

_MOST_LINES = 20
"""Entries that are shown."""
_KINDS = ("layer", "merge", "block", "model", "application", "reuse")


def named_nodes(written: Sequence) -> Mapping | None:
    """The mapping that the list should be; None where an item is no layer by any reading."""
    pairs: dict[str, Pair] = {}
    for item in written.items:
        name, value = _named(item)
        if value is None:
            return None
        key = _free(name, pairs)
        pairs[key] = Pair(Scalar(key, key, _place(item)), value)
    return Mapping(tuple(pairs.values()), written.span)


def as_lines(section: str, table: Mapping) -> str:
    """The section in several lines, to be shown as advice."""
    lines = [pair_as_written(pair) for pair in table.pairs]
    rest = ["…"] if len(lines) > _MOST_LINES else []
    return f"\n  {section}:" + "".join(f"\n    {line}" for line in [*lines[:_MOST_LINES], *rest])


def _named(item: Tree) -> tuple[str, Tree | None]:
    """The name that an item has or is given, and its entry."""
    if isinstance(item, Scalar) and isinstance(item.value, str):
        layer = Scalar("layer", "layer", item.span)
        return item.text.lower(), Mapping((Pair(layer, item),), item.span)
    if not isinstance(item, Mapping) or not item.pairs:
        return "", None
    if len(item.pairs) == 1 and item.pairs[0].key.text not in _KINDS:
        return item.pairs[0].key.text, item.pairs[0].value
    name, kind = item.get("name"), next((item.get(key) for key in _KINDS if item.get(key) is not None), None)
    rest = Mapping(tuple(pair for pair in item.pairs if pair.key.text != "name"), item.span)
    if isinstance(name, Scalar) and name.text:
        return name.text, rest
    return kind.text.lower() if isinstance(kind, Scalar) else "node", rest


def _place(item: Tree) -> Span:
    """The item's name, or its first word."""
    return item.pairs[0].key.span if isinstance(item, Mapping) else item.span


def _free(name: str, taken: Iterable[str]) -> str:
    """The name, with the next number where it is taken."""
    used, free, count = set(taken), name, 1
    while free in used:
        count += 1
        free = f"{name}_{count}"
    return free
