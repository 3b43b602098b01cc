"""The section `expect`: what should come out of a run."""

import re
from dataclasses import dataclass
from typing import Literal

from nettool.diagnostics.diagnostic import Findings
from nettool.diagnostics.source import Span
from nettool.spec.keys.values import mapping, wrong_value
from nettool.spec.yaml.located import Name, located
from nettool.spec.yaml.meant import mended
from nettool.spec.yaml.tree import Pair, Scalar, Tree

_RELATION = re.compile(r"(at least|at most) +([-+0-9.eE]+)")
_COMPARED = re.compile(r"([<>≤≥]=?|=)? *([-+0-9.,eE]+ ?%?)")


@dataclass(frozen=True, slots=True)
class ExpectEntry:
    """An expectation as written: the name of a metric (or `parameters`) and what it should be."""

    name: Name
    relation: Literal["exactly", "at least", "at most"]
    value: float
    span: Span


def read_expect(tree: Tree, findings: Findings) -> tuple[ExpectEntry, ...]:
    """The expectations of the spec, in the order of the file."""
    table = mapping(tree, "expect", findings)
    if table is None:
        return ()
    expectations: list[ExpectEntry] = []
    for pair in table.pairs:
        expectation = _expectation(pair)
        if expectation is None:
            wrong_value(
                findings, pair.value, pair.key.text, "a number, `at least …` or `at most …`", _meant(pair)
            )
        else:
            expectations.append(expectation)
    return tuple(expectations)


def _expectation(pair: Pair) -> ExpectEntry | None:
    tree = pair.value
    if not isinstance(tree, Scalar):
        return None
    name = located(pair.key)
    if type(tree.value) in (int, float):
        return ExpectEntry(name, "exactly", float(str(tree.value)), tree.span)
    match = _RELATION.fullmatch(tree.text.strip())
    if match is None:
        return None
    try:
        value = float(match[2])
    except ValueError:
        return None
    return ExpectEntry(name, "at least" if match[1] == "at least" else "at most", value, tree.span)


def _meant(pair: Pair) -> str | None:
    """The expectation that a comparison (`> 0.9`) or a share (`90%`) makes."""
    found = _COMPARED.fullmatch(pair.value.text.strip()) if isinstance(pair.value, Scalar) else None
    number = None if found is None else mended(found[2].strip(), lambda value: type(value) in (int, float))
    if found is None or number is None:
        return None
    relation = "at most" if (found[1] or "").startswith(("<", "≤")) else "at least"
    return f"write `{pair.key.text}: {relation} {number}`"
