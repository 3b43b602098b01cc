"""Located YAML: scalars, sequences and mappings that know which characters they came from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nettool.diagnostics.source import Span

Plain = str | int | float | bool | None
"""What a scalar can be."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value; `text` is how it was written (without quotes)."""

    value: Plain
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of values."""

    items: "tuple[Tree, ...]"
    span: Span


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and its value."""

    key: Scalar
    value: "Tree"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; keys are unique."""

    pairs: tuple[Pair, ...]
    span: Span
    _by_key: dict[str, Pair] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Filled when a key is first asked for: a mapping of thousands of keys may be asked for each of them."""

    def pair(self, key: str) -> Pair | None:
        """A key with its value."""
        if not self._by_key:
            self._by_key.update((pair.key.text, pair) for pair in self.pairs)
        return self._by_key.get(key)

    def get(self, key: str) -> "Tree | None":
        """The value of a key."""
        pair = self.pair(key)
        return None if pair is None else pair.value


Tree = Scalar | Sequence | Mapping


def plain(tree: Tree) -> object:
    """The value without its places: str, int, float, bool, None, list or dict."""
    if isinstance(tree, Scalar):
        return tree.value
    if isinstance(tree, Sequence):
        return [plain(item) for item in tree.items]
    return {pair.key.text: plain(pair.value) for pair in tree.pairs}


def part(tree: Tree, path: Iterable[str | int], *, at_key: bool = False) -> Tree:
    """The part that a path of keys and item numbers leads to, or as far as it leads.

    With `at_key` it is the last key itself.
    """
    found: Tree = tree
    for step in path:
        key: Scalar | None = None
        inner: Tree | None = None
        if isinstance(tree, Sequence) and isinstance(step, int) and step < len(tree.items):
            inner = tree.items[step]
        elif isinstance(tree, Mapping):
            pair = tree.pair(step) if isinstance(step, str) else None
            key, inner = (None, None) if pair is None else (pair.key, pair.value)
        if inner is None:
            return tree
        found = key if at_key and key is not None else inner
        tree = inner
    return found


def scalars(tree: Tree) -> Iterator[Scalar]:
    """Every scalar value in it (keys are not values), in the order of the file."""
    if isinstance(tree, Scalar):
        yield tree
    elif isinstance(tree, Sequence):
        for item in tree.items:
            yield from scalars(item)
    else:
        for pair in tree.pairs:
            yield from scalars(pair.value)


def kind_name(tree: Tree) -> str:
    """What it is, in words for a message."""
    if isinstance(tree, Sequence):
        return "a list"
    if isinstance(tree, Mapping):
        return "a mapping"
    if tree.value is None:
        return "nothing"
    if isinstance(tree.value, bool):
        return f"`{tree.text}`"
    if isinstance(tree.value, str):
        return f"the text `{_short(tree.text)}`"
    return f"the number {_short(tree.text)}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "…"
