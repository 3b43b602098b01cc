"""Changes of a located spec, as a person makes them: a value here, a key less, another name everywhere."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from nettool.diagnostics.source import Span
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Sequence, Tree


def is_at(tree: Tree, span: Span) -> bool:
    """Whether it is what the span marks."""
    return tree.span == span


def holds(pair: Pair, span: Span) -> bool:
    """Whether the span marks a part of the pair."""
    return any(
        each.span.source is span.source
        and (each.span.line, each.span.column) <= (span.line, span.column)
        and (span.end_line, span.end_column) <= (each.span.end_line, each.span.end_column)
        for each in (pair.key, pair.value)
    )


def tables(tree: Tree) -> list[Mapping]:
    """All mappings in it, outer ones first."""
    own = [tree] if isinstance(tree, Mapping) else []
    return [*own, *(each for inner in _inner_values(tree) for each in tables(inner))]


def mapped(tree: Tree, change: Callable[[Mapping], Mapping]) -> Tree:
    """The tree with each of its mappings changed, outer ones first."""
    if isinstance(tree, Scalar):
        return tree
    if isinstance(tree, Sequence):
        return replace(tree, items=tuple(mapped(item, change) for item in tree.items))
    table = change(tree)
    return replace(
        table, pairs=tuple(replace(pair, value=mapped(pair.value, change)) for pair in table.pairs)
    )


def replaced(tree: Tree, span: Span, new: Tree) -> Tree:
    """The tree with another value, or another key, in the marked place."""
    if is_at(tree, span):
        return new
    if isinstance(tree, Scalar):
        return tree
    if isinstance(tree, Sequence):
        return replace(tree, items=tuple(replaced(item, span, new) for item in tree.items))
    pairs = tuple(
        Pair(new, pair.value)
        if is_at(pair.key, span) and isinstance(new, Scalar)
        else replace(pair, value=replaced(pair.value, span, new))
        for pair in tree.pairs
    )
    return replace(tree, pairs=pairs)


def renamed(tree: Tree, old: str, new: str) -> Tree:
    """The tree with another name wherever the old one stands, as a key or as a value."""
    if isinstance(tree, Scalar):
        return replace(tree, value=new, text=new) if tree.text == old else tree
    if isinstance(tree, Sequence):
        return replace(tree, items=tuple(renamed(item, old, new) for item in tree.items))
    pairs = []
    for pair in tree.pairs:
        key = replace(pair.key, text=new, value=new) if pair.key.text == old else pair.key
        pairs.append(Pair(key, renamed(pair.value, old, new)))
    return replace(tree, pairs=tuple(pairs))


def without(tree: Tree, span: Span, name: str, inside: str | None = None) -> Tree:
    """The tree without the key.

    It goes from the innermost mapping around the mark that has it, else from the marked entry.
    With `inside` it goes from the mapping of that key, if there is one.
    """
    everywhere = [table for table in tables(tree) if table.get(name) is not None]
    around = [table for table in everywhere if any(holds(pair, span) for pair in table.pairs)]
    marked = [
        pair.value
        for table in tables(tree)
        for pair in table.pairs
        if is_at(pair.key, span) or is_at(pair.value, span)
    ]
    homes = (
        around or [table for value in marked for table in tables(value) if table in everywhere] or everywhere
    )
    if inside is not None:
        homes = [value for table in tables(tree) for value in [table.get(inside)] if value in everywhere]
    home = homes[-1] if homes else None
    return mapped(
        tree, lambda table: minus(table, lambda pair: pair.key.text == name) if table is home else table
    )


def minus(table: Mapping, goes: Callable[[Pair], bool]) -> Mapping:
    """The mapping without some of its pairs."""
    return replace(table, pairs=tuple(pair for pair in table.pairs if not goes(pair)))


def plus(table: Mapping, pairs: list[Pair]) -> Mapping:
    """The mapping with these pairs: each in the place of one of its key, or at the end."""
    for new in pairs:
        table = _with_pair(table, new)
    return table


def put(tree: Tree, path: tuple[str, ...], pair: Pair) -> Tree:
    """The pair in the mapping that the path leads to: in the place of one of its key, or at the end."""
    table = tree if isinstance(tree, Mapping) else Mapping((), tree.span)
    new = pair
    if path:
        inner = table.get(path[0])
        if path == ("data",) and isinstance(inner, Scalar):
            name = Scalar("dataset", "dataset", inner.span)
            inner = Mapping((Pair(name, inner),), inner.span)
        key = Scalar(path[0], path[0], tree.span)
        new = Pair(key, put(inner if inner is not None else Mapping((), tree.span), path[1:], pair))
    return _with_pair(table, new)


def _with_pair(table: Mapping, new: Pair) -> Mapping:
    if table.get(new.key.text) is None:
        return replace(table, pairs=(*table.pairs, new))
    return replace(
        table,
        pairs=tuple(
            Pair(each.key, new.value) if each.key.text == new.key.text else each for each in table.pairs
        ),
    )


def _inner_values(tree: Tree) -> Iterator[Tree]:
    if isinstance(tree, Sequence):
        yield from tree.items
    elif isinstance(tree, Mapping):
        yield from (pair.value for pair in tree.pairs)
