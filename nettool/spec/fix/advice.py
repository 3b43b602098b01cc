"""What a spec becomes when its reader does what the help text of a diagnostic says, and nothing else.

These forms of advice can be followed without thinking:

- "did you mean `X`?": the marked text becomes X; "call it `X`": the marked name does, wherever it stands;
- "write `KEY: VALUE`": it takes the place of the marked key and value, or of the same key beside or around
  them; at the name of a node it is said of the node. A second "and `KEY: VALUE`" is added beside it;
- "write … under `SECTION`": the same in that section, which is made where it is missing, and a marked key
  that is unknown goes ("beside `train`": at the top of the spec, "at `node`": in that node);
- "write …, with `KEY: VALUE` at the top of the spec": both;
- several lines after the first one: the section that takes the place of the marked one;
- "write `VALUE`": it takes the place of the marked value;
- "add `KEY: VALUE`": it is added to the marked mapping; "add `NAME` to `KEY`": the list has one name more;
- "put `NAME: {…}` before it": a new node between the marked one and what feeds it;
- "leave `KEY` out", "delete `KEY`", "leave `KEY` out of `SECTION`": that key goes.

Of a choice ("write `A`, or delete `B`") the first is followed; `names_a_line` says that it is none to write.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Source, Span
from nettool.spec.fix.tree_changes import (
    holds,
    is_at,
    mapped,
    minus,
    plus,
    put,
    renamed,
    replaced,
    tables,
    without,
)
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Sequence, Tree

_QUOTED = re.compile(r"`([^`]+)`", re.DOTALL)
_PLACE = re.compile(r"` (under|beside|at) `([\w.]+):?`")
_TOP = re.compile(r", with `([^`]+)` at the top of the spec")
_GOES = re.compile(r"(?:leave|delete) `([^`:]+)(?:: [^`]*)?`(?: out)?(?: of `([^`]+)`)?")
_CHOICE = re.compile(
    r"\bor (?:write|leave|add|delete|give|put)\b|\bfor example\b|, and delete\b|` out: .*\bsays\b"
)
"""Outside of quoted lines it says that the reader has to decide, such as which of two values is meant."""
_FORM = re.compile(r"\b(?:did you mean|call it|write|add|leave|delete) `|\bput `\w+: \{")
_UNKNOWN = {"NT201", "NT212"}

NO_SPACE = "NT207"
"""A colon without a space after it: the quoted line takes the place of the marked letters."""


def first_quoted(diagnostic: Diagnostic) -> str:
    """The first line that the help of a diagnostic shows."""
    return str(_QUOTED.findall(diagnostic.help or "")[0])


def names_a_line(advice: str) -> bool:
    """Whether it shows all that is to be written, and names no alternatives."""
    first_line = advice.partition("\n")[0]
    words = _QUOTED.sub("`", first_line)
    _, _, after_first = words.partition("`")
    is_open = "…" in first_line or _CHOICE.search(words) or re.search(r"\bor\b", after_first)
    return not is_open and _FORM.search(first_line) is not None


def followed(tree: Tree, diagnostic: Diagnostic) -> Tree | None:
    """The spec after the advice was followed; None where the help is not one of the forms above."""
    advice, span = diagnostic.help, diagnostic.span
    if advice is None or span is None or "…" in advice:
        return None
    return _followed(tree, diagnostic, span, advice)


def _followed(tree: Tree, diagnostic: Diagnostic, span: Span, advice: str) -> Tree | None:
    if "\n" in advice:
        _, _, lines = advice.partition("\n")
        return _written(tree, diagnostic, span, f"`{lines}`")
    meant = re.search(r"did you mean `([^`]+)`\?", advice)
    named = re.search(r"call it `([^`]+)`", advice)
    written = re.search(r"\b(write|add|put(?= `\w+: \{)) (?=`)", advice)
    goes = _GOES.search(advice)
    if meant is not None:
        return replaced(tree, span, Scalar(meant[1], meant[1], span))
    if named is not None:
        return renamed(tree, _text_of(span), named[1])
    if written is None or (goes is not None and goes.start() < written.start()):
        return None if goes is None else without(tree, span, goes[1], goes[2])
    rest = advice[written.end() :]
    if written[1] == "put":
        return _before(tree, span, _pair(_QUOTED.findall(rest)[0]))
    longer = re.match(r"`([^`]+)` to (?:its )?`([^`]+)`", rest)
    if longer is not None:
        return _longer(tree, span, longer[1], longer[2])
    if goes is not None and re.search(r"and $", advice[: goes.start()]):
        tree = without(tree, span, goes[1])
    return _added(tree, span, rest) if written[1] == "add" else _written(tree, diagnostic, span, rest)


def _written(tree: Tree, diagnostic: Diagnostic, span: Span, advice: str) -> Tree:
    top, place = _TOP.search(advice), _PLACE.search(advice)
    if top is not None:
        return put(_written(tree, diagnostic, span, advice[: top.start()]), (), _pair(top[1]))
    fragments = _fragments(advice if place is None else advice[: place.start() + 1])
    pairs = [each for each in fragments if isinstance(each, Pair)]
    if not pairs:
        assert not isinstance(fragments[0], Pair)
        return replaced(tree, span, fragments[0])
    if place is not None and place[1] == "at":
        return mapped(
            tree, lambda table: _said_of(table, lambda key: key.text == place[2].split(".")[-1], pairs)
        )
    if place is not None:
        if diagnostic.code in _UNKNOWN:
            tree = mapped(tree, lambda table: minus(table, lambda pair: is_at(pair.key, span)))
        for pair in pairs:
            tree = put(tree, tuple(place[2].split(".")) if place[1] == "under" else (), pair)
        return tree
    return _in_place(tree, span, pairs)


def _in_place(tree: Tree, span: Span, pairs: list[Pair]) -> Tree:
    """The pairs in the place of the marked one, or of one of the same key around it.

    Where the name of a node is marked, they are said of the node.
    """
    key = pairs[0].key.text
    around = [table for table in tables(tree) if any(holds(pair, span) for pair in table.pairs)]
    same = [table for table in around if any(holds(p, span) and p.key.text == key for p in table.pairs)]
    if not around:
        return tree
    home = (same or around)[-1]
    marked = next(pair for pair in home.pairs if holds(pair, span))
    is_name = is_at(marked.key, span) and marked.key.text != key
    if (
        is_name
        and isinstance(marked.value, Mapping)
        and not (isinstance(pairs[0].value, Mapping) and marked.value.get("layer") is None)
    ):
        return mapped(tree, lambda table: _said_of(table, lambda each: is_at(each, span), pairs))

    def mended(table: Mapping) -> Mapping:
        if table is not home:
            return table
        beside = {pair.key.text for pair in home.pairs if pair is not marked}
        new = [pair for pair in pairs if pair.key.text not in beside]
        position = home.pairs.index(marked)
        table = replace(home, pairs=(*home.pairs[:position], *new, *home.pairs[position + 1 :]))
        return plus(table, [pair for pair in pairs if pair.key.text in beside])

    return mapped(tree, mended)


def _said_of(table: Mapping, is_meant: Callable[[Scalar], bool], pairs: list[Pair]) -> Mapping:
    """The mapping with the pairs in the entry whose name is meant."""
    return replace(
        table,
        pairs=tuple(
            replace(pair, value=plus(pair.value, pairs))
            if is_meant(pair.key) and isinstance(pair.value, Mapping)
            else pair
            for pair in table.pairs
        ),
    )


def _added(tree: Tree, span: Span, advice: str) -> Tree:
    pairs = [_pair(_QUOTED.findall(advice)[0])]
    home = next(
        pair.value if is_at(pair.key, span) and isinstance(pair.value, Mapping) else table
        for table in reversed(tables(tree))
        for pair in table.pairs
        if holds(pair, span)
    )
    return mapped(tree, lambda table: plus(table, pairs) if table is home else table)


def _longer(tree: Tree, span: Span, name: str, key: str) -> Tree:
    """The list under a key, in the marked mapping or at the top, with one name more."""
    new = Scalar(name, name, span)
    homes = [
        inner
        for table in tables(tree)
        for pair in table.pairs
        for inner in (table, pair.value)
        if holds(pair, span) and isinstance(inner, Mapping) and inner.get(key) is not None
    ]
    home = homes[-1] if homes else tree

    def longer(table: Mapping) -> Mapping:
        old = table.get(key)
        if table is not home or old is None:
            return table
        items = old.items if isinstance(old, Sequence) else (old,)
        return plus(table, [Pair(Scalar(key, key, span), Sequence((*items, new), span))])

    return mapped(tree, longer)


def _before(tree: Tree, span: Span, new: Pair) -> Tree:
    """The tree with a new node that takes what the marked one took, and feeds it."""

    def with_new(table: Mapping) -> Mapping:
        pairs: list[Pair] = []
        for pair in table.pairs:
            if is_at(pair.key, span) and isinstance(pair.value, Mapping) and isinstance(new.value, Mapping):
                fed = pair.value.get("from")
                source = [] if fed is None else [Pair(Scalar("from", "from", span), fed)]
                pairs.append(Pair(new.key, plus(new.value, source)))
                pair = replace(pair, value=plus(pair.value, [Pair(Scalar("from", "from", span), new.key)]))
            pairs.append(pair)
        return replace(table, pairs=tuple(pairs))

    return mapped(tree, with_new)


def _fragments(advice: str) -> list[Tree | Pair]:
    """What is to be written: of alternatives ("`a` or `b`") the first, of what belongs together all."""
    found = [_fragment(text) for text in _QUOTED.findall(advice)]
    together = 1
    while together < len(found) and re.search(r"`,? and `", advice):
        together += 1
    return found[:together]


def _fragment(text: str) -> Tree | Pair:
    tree = _parsed(text)
    return tree.pairs[0] if isinstance(tree, Mapping) and not text.startswith("{") else tree


def _pair(text: str) -> Pair:
    pair = _fragment(text)
    assert isinstance(pair, Pair)
    return pair


def _parsed(text: str) -> Tree:
    findings = Findings()
    tree = parse(Source("spec.yaml", text), findings)
    assert tree is not None, findings.in_file_order()
    return tree


def _text_of(span: Span) -> str:
    return span.source.lines()[span.line - 1][span.column - 1 : span.end_column - 1].strip("'\"")
