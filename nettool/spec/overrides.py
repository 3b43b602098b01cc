"""`--set path=value`: a value on the command line takes the place of one in the file, places and all."""

from contextlib import suppress
from dataclasses import dataclass, replace

from nettool.diagnostics.caller import by_caller
from nettool.diagnostics.diagnostic import Diagnostic, Findings, TooManyErrors
from nettool.diagnostics.source import COMMAND_LINE, Source, Span
from nettool.spec.data.origins.dataset import DATASET
from nettool.spec.yaml.messages import DEEPEST
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Sequence, Tree

_SHORT_FORMS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("data",), DATASET),
    (("train", "optimizer"), "optimizer"),
    (("inputs", "*"), "shape"),
    (("losses", "*"), "loss"),
    (("metrics", "*"), "metric"),
)
"""Where a lone value is short for a mapping, and for which of its keys: `data.limit=100` needs one."""


@dataclass(frozen=True, slots=True)
class Override:
    """One assignment: the path's keys, the new value, and how it was written."""

    path: tuple[Scalar, ...]
    value: Tree
    text: str


def parse_override(text: str, option: str, findings: Findings) -> Override | None:
    """`train.epochs=3` as an override; `option` is what stands before it on the command line (`--set`)."""
    prefix = f"{option} "
    source = Source(COMMAND_LINE, prefix + text)
    path_text, equals, value_text = text.partition("=")
    keys = path_text.split(".")
    if len(keys) > DEEPEST:
        span = Span(source, 1, len(prefix) + 1, 1, len(prefix) + len(path_text) + 1)
        findings.add(Diagnostic("NT902", f"a path of more than {DEEPEST} keys leads nowhere", span))
        return None
    if not equals or not all(key.strip() for key in keys):
        findings.add(
            Diagnostic(
                "NT901",
                f"`{text}` is not an assignment",
                Span(source, 1, len(prefix) + 1, 1, len(prefix) + len(text) + 1),
                help=by_caller(
                    command_line=f"write `{option} path=value`, for example `{option} train.epochs=3`",
                    python='write a path and a value, for example `{"train.epochs": 3}`',
                ),
            )
        )
        return None
    path: list[Scalar] = []
    column = len(prefix) + 1
    for key in keys:
        path.append(Scalar(key.strip(), key.strip(), Span(source, 1, column, 1, column + len(key))))
        column += len(key) + 1
    # The value is read at its true column, so that a mistake in it points at the command line.
    padded = Source(COMMAND_LINE, " " * (len(prefix) + len(path_text) + 1) + value_text)
    found = Findings()
    tree = None
    with suppress(TooManyErrors):
        tree = parse(padded, found)
    findings.extend(_moved_diagnostic(diagnostic, source) for diagnostic in found.in_file_order())
    if tree is None:
        if found.has_errors:
            return None
        tree = Scalar(None, "", Span(source, 1, column, 1, column + 1))
    return Override(tuple(path), _moved(tree, source), text)


def overridden_path(text: str) -> str:
    """What an assignment is for: `train.epochs` of `train.epochs=3`."""
    return ".".join(key.strip() for key in text.partition("=")[0].split("."))


def apply_override(tree: Tree | None, override: Override, findings: Findings) -> Tree:
    """The tree with the override's value in it; keys that are missing on the way are made."""
    root = tree if tree is not None else Mapping((), override.path[0].span)
    return _put(root, override.path, (), override.value, findings)


def _put(
    tree: Tree, path: tuple[Scalar, ...], above: tuple[str, ...], value: Tree, findings: Findings
) -> Tree:
    if not path:
        return value
    key = path[0]
    if isinstance(tree, Sequence):
        return _put_item(tree, path, above, value, findings)
    if not isinstance(tree, Mapping):
        tree = _long_form(tree, above)
    if not isinstance(tree, Mapping):
        inside = ".".join(above)
        findings.add(
            Diagnostic("NT902", f"`{inside}` is one value: there is no `{key.text}` in it", key.span)
        )
        return tree
    old = tree.get(key.text)
    new = _put(
        old if old is not None else Mapping((), key.span), path[1:], (*above, key.text), value, findings
    )
    if old is None:
        return replace(tree, pairs=(*tree.pairs, Pair(key, new)))
    pairs = tuple(Pair(pair.key, new) if pair.key.text == key.text else pair for pair in tree.pairs)
    return replace(tree, pairs=pairs)


def _put_item(
    tree: Sequence, path: tuple[Scalar, ...], above: tuple[str, ...], value: Tree, findings: Findings
) -> Tree:
    key = path[0]
    # Python refuses to read numbers of thousands of digits.
    if not key.text.isdecimal() or len(key.text) > 9 or int(key.text) >= len(tree.items):
        inside = ".".join(above)
        findings.add(
            Diagnostic(
                "NT902",
                f"`{inside}` is a list of {len(tree.items)}: there is no `{key.text}` in it",
                key.span,
                help="items count from 0",
            )
        )
        return tree
    position = int(key.text)
    new = _put(tree.items[position], path[1:], (*above, key.text), value, findings)
    return replace(tree, items=(*tree.items[:position], new, *tree.items[position + 1 :]))


def _long_form(tree: Tree, above: tuple[str, ...]) -> Tree:
    for pattern, key in _SHORT_FORMS:
        if len(pattern) == len(above) and all(
            p in ("*", name) for p, name in zip(pattern, above, strict=True)
        ):
            return Mapping((Pair(Scalar(key, key, tree.span), tree),), tree.span)
    return tree


def _moved(tree: Tree, source: Source) -> Tree:
    span = tree.span._replace(source=source)
    if isinstance(tree, Scalar):
        return replace(tree, span=span)
    if isinstance(tree, Sequence):
        return Sequence(tuple(_moved(item, source) for item in tree.items), span)
    pairs = [
        Pair(replace(pair.key, span=pair.key.span._replace(source=source)), _moved(pair.value, source))
        for pair in tree.pairs
    ]
    return Mapping(tuple(pairs), span)


def _moved_diagnostic(diagnostic: Diagnostic, source: Source) -> Diagnostic:
    span = diagnostic.span
    return diagnostic if span is None else replace(diagnostic, span=span._replace(source=source), labels=())
