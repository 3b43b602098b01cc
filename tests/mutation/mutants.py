"""Every key of a spec, misspelt, removed, doubled, or with a value of another kind; and what must be true then."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from as_yaml import as_yaml

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Severity, SpecError
from nettool.diagnostics.source import Source, Span
from nettool.front_end import load_source
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.source_file import read_source
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Sequence, Tree

NOWHERE = Span(Source("", ""), 1, 1, 1, 1)
FREE = ("meta", "name")
"""Sections that say nothing about the network."""


def scalar(value: str | float | None, text: str) -> Scalar:
    return Scalar(value, text, NOWHERE)


OTHER_KINDS: dict[str, Tree] = {
    "a text": scalar("surplus", "surplus"),
    "a number": scalar(17, "17"),
    "a list": Sequence((scalar(1, "1"), scalar("two", "two")), NOWHERE),
    "a mapping": Mapping((Pair(scalar("some", "some"), scalar("thing", "thing")),), NOWHERE),
    "nothing": scalar(None, "null"),
    "a truth": scalar(True, "true"),
}


@dataclass(frozen=True)
class Mutant:
    """`path` leads to the key, `change` says what was done to it."""

    path: tuple[str, ...]
    change: str
    text: str

    def __str__(self) -> str:
        return f"{'.'.join(self.path)} {self.change}"


def mutants(text: str) -> Iterator[Mutant]:
    """All mutants of a spec, key by key in the order of the file."""
    root = parse(Source("", text), Findings())
    assert isinstance(root, Mapping)
    for path, change, tree in _changed(root, ()):
        yield Mutant(path, change, as_yaml(tree))


def _changed(tree: Tree, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, Tree]]:
    """The tree with one key changed in it, once for each key and change."""
    if isinstance(tree, Sequence):
        for number, item in enumerate(tree.items):
            for path, change, new in _changed(item, (*above, str(number))):
                yield (
                    path,
                    change,
                    replace(tree, items=(*tree.items[:number], new, *tree.items[number + 1 :])),
                )
    elif isinstance(tree, Mapping):
        for number, pair in enumerate(tree.pairs):
            before, after = tree.pairs[:number], tree.pairs[number + 1 :]
            here = (*above, pair.key.text)
            for change, pairs in _changes(pair):
                yield here, change, replace(tree, pairs=(*before, *pairs, *after))
            for path, change, new in _changed(pair.value, here):
                yield path, change, replace(tree, pairs=(*before, Pair(pair.key, new), *after))


def _changes(pair: Pair) -> Iterator[tuple[str, tuple[Pair, ...]]]:
    misspelt = _misspelt(pair.key.text)
    yield "misspelt", (Pair(scalar(misspelt, misspelt), pair.value),)
    yield "removed", ()
    yield "doubled", (pair, pair)
    for kind, value in OTHER_KINDS.items():
        if as_yaml(value) != as_yaml(pair.value):
            yield f"is {kind}", (Pair(pair.key, value),)


def _misspelt(key: str) -> str:
    """Two neighbours in the middle change places; a letter more where that changes nothing."""
    middle = len(key) // 2
    swapped = key[: middle - 1] + key[middle] + key[middle - 1] + key[middle + 1 :] if middle else key
    return swapped if swapped != key else key + "q"


def complaint(mutant: Mutant, path: Path, resolved: str) -> str | None:
    """What is wrong with the checker's answer to a mutant of the spec at `path`; None if it is as it must be."""
    source = Source(path.name, mutant.text)
    try:
        plan, _ = load_source(source, path.stem, folder=path.parent)
    except SpecError as error:
        return _badly_told(error.diagnostics)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if mutant.change == "doubled":
        return "a key that stands twice is accepted"
    if plan.resolved == resolved and mutant.path[0] not in FREE and not _says_the_default(mutant):
        return "accepted and without effect"
    return None


def _says_the_default(mutant: Mutant) -> bool:
    """A key that said what would hold without it can be removed, and `null` is what many a default is."""
    return mutant.change in ("removed", "is nothing")


def _badly_told(diagnostics: tuple[Diagnostic, ...]) -> str | None:
    if not any(found.severity is Severity.ERROR for found in diagnostics):
        return "refused without an error"
    for found in diagnostics:
        if found.span is None or not _is_in_its_source(found.span):
            return f"no place, or none in the file: {found.code} {found.message}"
    return None


def _is_in_its_source(span: Span) -> bool:
    lines = span.source.lines()
    return 1 <= span.line <= len(lines) and 1 <= span.column <= len(lines[span.line - 1]) + 1


def resolved_spec(path: Path) -> tuple[str, str]:
    """A spec's text and what it resolves to, written as its mutants are."""
    source = read_source(path)
    tree = parse(source, Findings())
    assert tree is not None
    plan, _ = load_source(Source(path.name, as_yaml(tree)), path.stem, folder=path.parent)
    return source.text, plan.resolved
