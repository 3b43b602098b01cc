"""A located tree as YAML text again, one line for each entry of a section."""

import json

from nettool.spec.yaml.tree import Pair, Scalar, Sequence, Tree


def as_yaml(tree: Tree) -> str:
    """YAML in flow style; sections and their entries each begin a line."""
    return _text(tree, 0)


def _text(tree: Tree, depth: int) -> str:
    if isinstance(tree, Scalar):
        is_text = isinstance(tree.value, str)
        return json.dumps(tree.text, ensure_ascii=False) if is_text else tree.text or "null"
    if isinstance(tree, Sequence):
        return "[" + ", ".join(_text(item, depth + 1) for item in tree.items) + "]"
    between = ",\n" + "  " * depth if depth < 2 else ", "
    return "{" + between.join(_pair(pair, depth + 1) for pair in tree.pairs) + "}"


def _pair(pair: Pair, depth: int) -> str:
    return f"{json.dumps(pair.key.text, ensure_ascii=False)}: {_text(pair.value, depth)}"
