"""Reading one value of the tree: what was wanted, or None and a diagnostic that says what is wrong."""

import math
import re
from collections.abc import Callable
from collections.abc import Mapping as Table
from collections.abc import Sequence as Listing
from typing import TypeGuard, TypeVar

from nettool.diagnostics.diagnostic import Diagnostic, Findings, Label
from nettool.diagnostics.source import Span
from nettool.diagnostics.suggest import did_you_mean
from nettool.kinds.fault import value_text
from nettool.kinds.kind import LONGEST_NAME, Whole
from nettool.spec.keys.plain_name import plain_name
from nettool.spec.yaml.flow import yaml_flow
from nettool.spec.yaml.located import Located, Name, located
from nettool.spec.yaml.meant import mended, spaced
from nettool.spec.yaml.tree import Mapping, Scalar, Sequence, Tree, kind_name, plain

W = TypeVar("W", bound=str)

LARGEST_COUNT = 10**18
"""The largest count that a spec may say: far beyond any machine, and well within 64 bits."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

HEAVIEST = 1e30
"""A larger weight of a loss or a class leaves a float32 no room for a sum."""


def wrong_value(
    findings: Findings,
    tree: Tree,
    what: str,
    wanted: str,
    advice: str | None = None,
    accepts: Callable[[object], bool] | None = None,
) -> None:
    """Report that a value is not of the wanted kind.

    `accepts` says whether a value is: so what was meant by one in another notation is shown.
    """
    meant = None if accepts is None else mended(plain(tree), accepts)
    if meant is not None:
        advice = (f"{advice}: " if advice else "") + f"write `{what}: {meant}`"
    findings.add(
        Diagnostic("NT205", f"`{what}` must be {wanted}, not {_shown(tree)}", tree.span, help=advice)
    )


def _shown(tree: Tree) -> str:
    return value_text(tree.value) if isinstance(tree, Scalar) else kind_name(tree)


def mapping(tree: Tree, what: str, findings: Findings, advice: str | None = None) -> Mapping | None:
    """A mapping."""
    if isinstance(tree, Mapping):
        return tree
    pairs = [spaced(word) for word in tree.text.split()] if isinstance(tree, Scalar) else [None]
    known = [pair for pair in pairs if pair is not None]
    if len(known) == len(pairs):
        advice = f"a colon needs a space after it: write `{what}: {{{', '.join(known)}}}`"
    wrong_value(findings, tree, what, "a mapping of names to values", advice)
    return None


def text(tree: Tree, what: str, findings: Findings, wanted: str = "a name") -> Name | None:
    """A text in one word or more."""
    if isinstance(tree, Scalar) and isinstance(tree.value, str) and 0 < len(tree.value) <= LONGEST_NAME:
        return located(tree)
    wrong_value(findings, tree, what, wanted)
    return None


def one_of(
    tree: Tree, what: str, words: Listing[W], findings: Findings, others: Table[str, str] | None = None
) -> Located[W] | None:
    """One of a few words; `others` are words of other tools for them."""
    if isinstance(tree, Scalar):
        for word in words:
            if tree.value == word:
                return Located(word, tree.span)
    written = tree.text if isinstance(tree, Scalar) else ""
    meant = None if others is None else others.get(written.lower())
    advice = did_you_mean(written, words) if meant is None else f"did you mean `{meant}`?"
    wrong_value(findings, tree, what, f"one of {', '.join(words)}", advice)
    return None


def new_name(key: Scalar, what: str, findings: Findings) -> Name:
    """The name that a key gives to a thing; a bad one is reported, and used all the same."""
    if not _NAME.fullmatch(key.text):
        meant = plain_name(key.text, what.rpartition(" ")[2])
        rule = "a name starts with a letter from a to z; after it come such letters, digits, `_` and `-`"
        if "." in key.text:
            rule += " (a dot stands between a block's name and the names inside it)"
        findings.add(
            Diagnostic(
                "NT206",
                f"`{key.text}` cannot be the name of {what}",
                key.span,
                help=f"{rule}: call it `{meant}`, here and wherever it is named",
            )
        )
    return located(key)


def names(tree: Tree, what: str, findings: Findings) -> tuple[Name, ...] | None:
    """A name or a list of names; a name that stands twice is kept (a node may be added to itself)."""
    if isinstance(tree, Mapping):
        items = tuple(plain(pair.value) for pair in tree.pairs)
        listed = (
            items if all(isinstance(item, str) for item in items) else tuple(p.key.text for p in tree.pairs)
        )
        advice = f"write `{what}: {yaml_flow(listed)}`" if listed else None
        wrong_value(findings, tree, what, "a name or a list of names", advice)
        return None
    if not isinstance(tree, Sequence):
        name = text(tree, what, findings, "a name or a list of names")
        return None if name is None else (name,)
    found = [text(item, what, findings) for item in tree.items]
    if not found:
        wrong_value(findings, tree, what, "a name or a list of names", "the list is empty")
        return None
    kept = tuple(name for name in found if name is not None)
    return kept if len(kept) == len(found) else None


def whole_number(tree: Tree, what: str, at_least: int, findings: Findings) -> int | None:
    """A whole number of at least so much."""
    if isinstance(tree, Scalar) and type(tree.value) is int and tree.value >= at_least:
        if tree.value <= LARGEST_COUNT:
            return tree.value
        wrong_value(findings, tree, what, f"at most {LARGEST_COUNT:,}")
        return None
    wrong_value(
        findings,
        tree,
        what,
        Whole(at_least).description,
        accepts=lambda value: _is_whole(value) and at_least <= value <= LARGEST_COUNT,
    )
    return None


def number(tree: Tree, what: str, findings: Findings, low: float, below: float) -> float | None:
    """A finite number from `low` on and below `below`."""
    if isinstance(tree, Scalar) and type(tree.value) in (int, float):
        value = float(str(tree.value))
        if math.isfinite(value) and low <= value < below:
            return value
    wanted = f"a number from {low:g}" + ("" if math.isinf(below) else f" to below {below:g}")
    wrong_value(
        findings,
        tree,
        what,
        wanted if low > -math.inf else "a number",
        accepts=lambda value: type(value) in (int, float) and low <= float(str(value)) < below,
    )
    return None


def truth(tree: Tree, what: str, findings: Findings) -> bool | None:
    """A truth: true or false."""
    if isinstance(tree, Scalar) and isinstance(tree.value, bool):
        return tree.value
    wrong_value(
        findings,
        tree,
        what,
        "true or false",
        accepts=lambda value: isinstance(value, bool),
    )
    return None


def size(tree: Tree, what: str, findings: Findings) -> Located[tuple[int, int]] | None:
    """Height and width in pixels, as `[32, 32]`, or one number for both."""
    if isinstance(tree, Scalar) and _is_whole(tree.value):
        side = whole_number(tree, what, 1, findings)
        return None if side is None else Located((side, side), tree.span)
    if isinstance(tree, Sequence) and len(tree.items) == 2:
        sides = [whole_number(item, what, 1, findings) for item in tree.items]
        if sides[0] is None or sides[1] is None:
            return None
        return Located((sides[0], sides[1]), tree.span)
    wrong_value(findings, tree, what, "height and width, such as [32, 32]", accepts=_is_size)
    return None


def _is_size(value: object) -> bool:
    sides = value if isinstance(value, list) else [value, value]
    return len(sides) == 2 and all(_is_whole(side) and side > 0 for side in sides)


def _is_whole(value: object) -> TypeGuard[int]:
    return type(value) is int


def taken(findings: Findings, again: Name, first: Span, what: str) -> None:
    """Report a name that is given to two things."""
    findings.add(
        Diagnostic(
            "NT304",
            f"`{again.value}` is the name of two things",
            again.span,
            f"{what} here",
            (Label(first, "first here"),),
            help="rename one of them: inputs, nodes and merges share their names",
        )
    )


def name_or_number(tree: Tree, what: str, wanted: str, findings: Findings) -> Name | None:
    """A name, which may look like a whole number (`2020`, the class `7`)."""
    if isinstance(tree, Scalar) and type(tree.value) in (str, int) and tree.text:
        return Located(tree.text, tree.span)
    wrong_value(findings, tree, what, wanted)
    return None


def class_name_or_number(scalar: Scalar) -> Located[str | int]:
    """How a class is written: as a number, or by its name; `007` and a number in quotes are names."""
    is_number = type(scalar.value) is int and str(scalar.value) == scalar.text
    return Located(int(scalar.text) if is_number else scalar.text, scalar.span)
