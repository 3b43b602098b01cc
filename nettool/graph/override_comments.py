"""Comments in resolved.yaml: beside each value that was overridden, where it was set."""

import re
from collections.abc import Iterator

import yaml

from nettool.diagnostics.caller import by_caller
from nettool.diagnostics.source import COMMAND_LINE, Source
from nettool.spec.yaml.tree import Mapping, Sequence, Tree

Path = tuple[str | int, ...]

_BREAK = re.compile("(\n|\x85|\u2028|\u2029)")
"""What ends a line for YAML. `split` gives lines and their ends in turn: line n is item 2n."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def with_override_comments(text: str, tree: Tree) -> str:
    """The text of a spec with comments at what was overridden in the spec's tree."""
    overridden = dict(_overridden(tree, (), None))
    if not overridden:
        return text
    root = yaml.compose(text, Loader=_Loader)
    lines = _BREAK.split(text)
    for path, words in overridden.items():
        line, rest = (None, ()) if root is None else _line_of(root, path)
        if line is not None:
            within = ".".join(map(str, rest))
            lines[2 * line] += f"  # {within}: {words}" if within else f"  # {words}"
    return "".join(lines)


def set_by_caller() -> str:
    """What the comment beside an overridden value says."""
    return by_caller(command_line="set on the command line", python="set in Python")


def _overridden(tree: Tree, path: Path, above: Source | None) -> Iterator[tuple[Path, str]]:
    """The paths to what was overridden, each with its words; `above` is the source around it."""
    source = tree.span.source
    if source.name == COMMAND_LINE and source is not above:
        yield path, _words(source)
    if isinstance(tree, Mapping):
        for pair in tree.pairs:
            yield from _overridden(pair.value, (*path, pair.key.text), source)
    elif isinstance(tree, Sequence):
        for place, item in enumerate(tree.items):
            yield from _overridden(item, (*path, place), source)


def _words(source: Source) -> str:
    option, _, name = source.text.partition(" ")
    if option == "--data":
        return by_caller(command_line=source.text, python=f'data="{name}"')
    return set_by_caller()


def _line_of(node: yaml.Node, path: Path) -> tuple[int | None, Path]:
    """The line for a comment on a value (None where it is not there), and what is left of its path.

    Nothing within `{…}` or `[…]` has a line of its own: the comment stands behind the whole.
    """
    line, rest = None, path
    while rest and isinstance(node, yaml.CollectionNode) and not node.flow_style:
        found = next((pair for pair in _pairs(node) if pair[0] == rest[0]), None)
        if found is None:
            return None, rest
        _, line, node = found
        rest = rest[1:]
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        return line, rest
    return (None if line is None else int(node.end_mark.line)), rest


def _pairs(node: yaml.Node) -> list[tuple[str | int, int, yaml.Node]]:
    """The keys or numbers of the items, the lines where they begin, the values."""
    if isinstance(node, yaml.MappingNode):
        return [(str(key.value), int(key.start_mark.line), value) for key, value in node.value]
    return [(place, int(item.start_mark.line), item) for place, item in enumerate(node.value)]
