"""Reading YAML: strict, bounded, and quick to refuse."""

import time

import pytest

from nettool.diagnostics.diagnostic import Findings
from nettool.diagnostics.source import Source
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.tree import Mapping, plain


def read(text: str) -> tuple[object, list[str]]:
    findings = Findings()
    tree = parse(Source("spec.yaml", text), findings)
    return None if tree is None else plain(tree), [found.code for found in findings.in_file_order()]


def test_values_keep_their_places() -> None:
    tree = parse(Source("s", "a: 1\nbc: [x, {y: 2}]\n"), Findings())
    assert isinstance(tree, Mapping)
    places = [
        (
            pair.key.text,
            pair.key.span.line,
            pair.key.span.column,
            pair.value.span.column,
            pair.value.span.end_column,
        )
        for pair in tree.pairs
    ]
    assert places == [("a", 1, 1, 4, 5), ("bc", 2, 1, 5, 16)]


def test_flow_style_needs_no_quotes_for_formulas() -> None:
    assert read("{units: $(2 * filters), rate: $rate}") == ({"units": "$(2 * filters)", "rate": "$rate"}, [])


def test_quoted_texts_stay_texts() -> None:
    assert read("a: '1'\nb: \"true\"") == ({"a": "1", "b": "true"}, [])


def test_aliases_stand_for_their_anchors() -> None:
    assert read("a: &x {u: 1}\nb: *x") == ({"a": {"u": 1}, "b": {"u": 1}}, [])


@pytest.mark.parametrize("depth", [10, 20])
def test_an_alias_bomb_is_refused_at_once(depth: int) -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, depth))]
    started = time.perf_counter()
    assert read("\n".join(lines)) == (None, ["NT106"])
    assert time.perf_counter() - started < 1


def test_deep_nesting_is_refused_without_recursion() -> None:
    assert read("a: " + "[" * 10_000 + "]" * 10_000) == (None, ["NT106"])
