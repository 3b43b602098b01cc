"""What a spec becomes when somebody does what the help text of a diagnostic says, and nothing else.

These forms of advice can be followed without thinking:

- "did you mean `X`?": the marked text becomes X;
- "write `KEY: VALUE`": it takes the place of the marked key and value, or of the same key beside or around them,
  and then a marked key that is unknown goes; a second "and `KEY: VALUE`" is added beside it;
- "write … under `SECTION`": the same in that section, which is made where it is missing ("beside `train`": at the top);
- several lines after the first one: the section that takes the place of the marked one;
- "write `VALUE`": it takes the place of the marked value;
- "write …, with `KEY: VALUE` at the top of the spec": both;
- "add `KEY: VALUE`": it is added to the marked entry; "leave `KEY` out": that key goes;
- "call it `NAME`": the marked name becomes NAME wherever it stands.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Source, Span
from nettool.spec.tree import Mapping, Pair, Scalar, Sequence, Tree
from nettool.spec.yaml_flow import as_written
from nettool.spec.yaml_text import parse

_QUOTED = re.compile(r"`([^`]+)`", re.DOTALL)
_PLACE = re.compile(r"\b(under|beside) `([\w.]+):?`")
_TOP = re.compile(r", with `([^`]+)` at the top of the spec")
_UNKNOWN = {"NT201", "NT212"}


def obeyed(text: str, diagnostic: Diagnostic) -> str | None:
    """The text after the advice was followed; None where the help is not one of the forms above."""
    advice, span = diagnostic.help or "", diagnostic.span
    if span is None or "…" in advice:
        return None
    if diagnostic.code == "NT207":
        return _spaced(text, span, advice)
    tree = _parsed(text)
    if "\n" in advice:
        lines = advice.partition("\n")[2]
        return as_written(_written(tree, diagnostic, span, f"`{lines}`", is_added=False))
    meant = re.search(r"did you mean `([^`]+)`\?", advice)
    named = re.search(r"call it `([^`]+)`", advice)
    left_out = re.search(r"leave `([^`]+)` out", advice)
    written = re.search(r"\b(write|add) (.*)", advice)
    if meant is not None:
        tree = _replaced(tree, span, Scalar(meant[1], meant[1], span))
    elif named is not None:
        old = _text_of(span)
        tree = _renamed(tree, old, named[1])
    elif written is not None:
        tree = _written(tree, diagnostic, span, written[2], is_added=written[1] == "add")
    elif left_out is not None:
        tree = _without(tree, span, left_out[1])
    else:
        return None
    return as_written(tree)


def _written(tree: Tree, diagnostic: Diagnostic, span: Span, advice: str, *, is_added: bool) -> Tree:
    place = _PLACE.search(advice)
    top = _TOP.search(advice)
    if top is not None:
        tree = _written(tree, diagnostic, span, advice[: top.start()], is_added=False)
        fragment = _fragment(top[1])
        assert isinstance(fragment, Pair)
        return _put(tree, (), fragment)
    until = len(advice) if place is None else place.start()
    fragments = [_fragment(match[1]) for match in _QUOTED.finditer(advice, 0, until)]
    fragments = _first_few(advice[:until], fragments)
    if not isinstance(fragments[0], Pair):
        return _replaced(tree, span, fragments[0])
    pairs = [each for each in fragments if isinstance(each, Pair)]
    if place is not None:
        if diagnostic.code in _UNKNOWN:
            tree = _mapped(tree, lambda table: _minus(table, lambda pair: _is_at(pair.key, span)))
        path = tuple(place[2].split(".")) if place[1] == "under" else ()
        for pair in pairs:
            tree = _put(tree, path, pair)
        return tree
    if is_added:
        return _mapped(
            tree, lambda table: _plus(table, pairs) if table.span == _entry(tree, span).span else table
        )
    around = [table for table in _tables(tree) if any(_holds(pair, span) for pair in table.pairs)]
    same = [
        table
        for table in around
        if any(_holds(p, span) and p.key.text == pairs[0].key.text for p in table.pairs)
    ]
    home = (same or around)[-1]
    marked = next(pair for pair in home.pairs if _holds(pair, span))

    def mended(table: Mapping) -> Mapping:
        if table is not home:
            return table
        kept = [pair for pair in home.pairs if pair is not marked]
        position = min(home.pairs.index(marked), len(kept))
        beside = {pair.key.text for pair in pairs}
        first = [pair for pair in kept[:position] if pair.key.text not in beside]
        last = [pair for pair in kept[position:] if pair.key.text not in beside]
        return replace(home, pairs=(*first, *pairs, *last))

    return _mapped(tree, mended)


def _first_few(advice: str, fragments: list[Tree | Pair]) -> list[Tree | Pair]:
    """Of alternatives ("`a` or `b`") the first; of what belongs together ("`a` and `b`") all."""
    return fragments if re.search(r"`,? and `", advice) else fragments[:1]


def _fragment(text: str) -> Tree | Pair:
    tree = _parsed(text)
    if isinstance(tree, Mapping) and not text.startswith("{"):
        return tree.pairs[0]
    return tree


def _parsed(text: str) -> Tree:
    findings = Findings()
    tree = parse(Source("spec.yaml", text), findings)
    assert tree is not None, findings.in_file_order()
    return tree


def _spaced(text: str, span: Span, advice: str) -> str:
    fragment = _QUOTED.findall(advice)[0]
    lines = text.split("\n")
    line = lines[span.line - 1]
    lines[span.line - 1] = line[: span.column - 1] + fragment + line[span.end_column - 1 :]
    return "\n".join(lines)


def _text_of(span: Span) -> str:
    return span.source.lines()[span.line - 1][span.column - 1 : span.end_column - 1].strip("'\"")


def _is_at(tree: Tree, span: Span) -> bool:
    return tree.span[1:] == span[1:]


def _holds(pair: Pair, span: Span) -> bool:
    return any(
        (each.span.line, each.span.column) <= (span.line, span.column)
        and (span.end_line, span.end_column) <= (each.span.end_line, each.span.end_column)
        for each in (pair.key, pair.value)
    )


def _tables(tree: Tree) -> list[Mapping]:
    """All mappings in it, outer ones first."""
    if isinstance(tree, Scalar):
        return []
    inner = tree.items if isinstance(tree, Sequence) else tuple(pair.value for pair in tree.pairs)
    return [
        *([tree] if isinstance(tree, Mapping) else []),
        *(each for item in inner for each in _tables(item)),
    ]


def _entry(tree: Tree, span: Span) -> Tree:
    """The mapping of the entry that is marked by its name, or in which the mark stands."""
    for table in reversed(_tables(tree)):
        for pair in table.pairs:
            if _is_at(pair.key, span) and isinstance(pair.value, Mapping):
                return pair.value
            if _holds(pair, span):
                return table
    raise AssertionError("the mark is nowhere")


def _mapped(tree: Tree, change: Callable[[Mapping], Mapping]) -> Tree:
    """The tree with each of its mappings changed, outer ones first."""
    if isinstance(tree, Scalar):
        return tree
    if isinstance(tree, Sequence):
        return replace(tree, items=tuple(_mapped(item, change) for item in tree.items))
    table = change(tree)
    return replace(
        table, pairs=tuple(replace(pair, value=_mapped(pair.value, change)) for pair in table.pairs)
    )


def _replaced(tree: Tree, span: Span, new: Tree) -> Tree:
    """The tree with another value, or another key, in the marked place."""
    if _is_at(tree, span):
        return new
    if isinstance(tree, Scalar):
        return tree
    if isinstance(tree, Sequence):
        return replace(tree, items=tuple(_replaced(item, span, new) for item in tree.items))
    pairs = tuple(
        Pair(new, pair.value)
        if _is_at(pair.key, span) and isinstance(new, Scalar)
        else replace(pair, value=_replaced(pair.value, span, new))
        for pair in tree.pairs
    )
    return replace(tree, pairs=pairs)


def _renamed(tree: Tree, old: str, new: str) -> Tree:
    if isinstance(tree, Scalar):
        return replace(tree, value=new, text=new) if tree.text == old else tree
    if isinstance(tree, Sequence):
        return replace(tree, items=tuple(_renamed(item, old, new) for item in tree.items))
    pairs = tuple(
        Pair(
            replace(pair.key, text=new, value=new) if pair.key.text == old else pair.key,
            _renamed(pair.value, old, new),
        )
        for pair in tree.pairs
    )
    return replace(tree, pairs=pairs)


def _without(tree: Tree, span: Span, name: str) -> Tree:
    """The tree without the key, in the innermost mapping around the mark that has it, or the item of a list."""
    if isinstance(tree, Sequence) and any(_is_at(item, span) for item in tree.items):
        return replace(tree, items=tuple(item for item in tree.items if not _is_at(item, span)))
    homes = [
        table
        for table in _tables(tree)
        if any(_holds(pair, span) for pair in table.pairs)
        and any(pair.key.text == name for pair in table.pairs)
    ]
    home = homes[-1] if homes else None
    return _mapped(
        tree, lambda table: _minus(table, lambda pair: pair.key.text == name) if table is home else table
    )


def _minus(table: Mapping, goes: Callable[[Pair], bool]) -> Mapping:
    return replace(table, pairs=tuple(pair for pair in table.pairs if not goes(pair)))


def _plus(table: Mapping, pairs: list[Pair]) -> Mapping:
    kept = [pair for pair in table.pairs if pair.key.text not in {each.key.text for each in pairs}]
    return replace(table, pairs=(*kept, *pairs))


def _put(tree: Tree, path: tuple[str, ...], pair: Pair) -> Tree:
    """The pair in the mapping that the path leads to: in the place of one of its key, or at the end."""
    table = tree if isinstance(tree, Mapping) else Mapping((), tree.span)
    new = pair
    if path:
        inner = table.get(path[0])
        key = Scalar(path[0], path[0], tree.span)
        new = Pair(key, _put(inner if inner is not None else Mapping((), tree.span), path[1:], pair))
    if table.get(new.key.text) is None:
        return replace(table, pairs=(*table.pairs, new))
    return replace(table, pairs=tuple(new if each.key.text == new.key.text else each for each in table.pairs))
