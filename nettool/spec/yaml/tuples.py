"""Python's `(3, 3)` between braces or brackets, where YAML takes its comma for the end of a value."""

import re
from typing import TypeGuard

from nettool.spec.yaml.tree import Scalar, Tree

_NUMBER = re.compile(r"\(?\s*([-+]?[0-9.]+|None|null)?\s*\)?")


def is_open(tree: Tree | None) -> TypeGuard[Scalar]:
    """Whether it is the first part of such a tuple, not yet closed."""
    return isinstance(tree, Scalar) and tree.text.startswith("(") and not tree.text.endswith(")")


def is_number(scalar: Scalar) -> bool:
    """Whether it can be another part of a tuple of numbers."""
    return _NUMBER.fullmatch(scalar.text) is not None


def is_empty(tree: Tree) -> bool:
    """Whether nothing at all is written there."""
    return isinstance(tree, Scalar) and tree.value is None and not tree.text


def is_plain(scalar: Scalar) -> bool:
    """Whether it stands in one line, without quotes."""
    span = scalar.span
    return span.line == span.end_line and span.end_column - span.column == len(scalar.text)


def joined(start: Scalar, part: Scalar) -> Scalar:
    """The tuple with one part more, as the text that it was meant to be."""
    text = f"{start.text}, {part.text}"
    span = start.span._replace(end_line=part.span.end_line, end_column=part.span.end_column)
    return Scalar(text, text, span)
