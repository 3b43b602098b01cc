"""Values that know where they stand."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from nettool.diagnostics.source import Span
from nettool.spec.yaml.tree import Scalar, Tree

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """A value and where it stands."""

    value: T
    span: Span


Name = Located[str]


@dataclass(frozen=True, slots=True)
class Option:
    """An option of an entry: its name and its value as written (with `$` names still in it)."""

    name: Name
    value: Tree


def located(scalar: Scalar) -> Name:
    """A scalar's text and its place."""
    return Located(scalar.text, scalar.span)
