"""A change of the spec becomes a change of its text that leaves all else as it is: comments, layout, line ends."""

import pytest

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Source, Span
from nettool.spec.fix.advised_text import advised_text, advises
from nettool.spec.yaml.parser import parse
from nettool.spec.yaml.tree import part

CASES = [
    ("a: {layr: Dense, units: 3}  # one\n", ("a", "layr"), "did you mean `layer`?", "a: {layer: Dense, units: 3}  # one\n"),
    ("a:\n  layr: 3   # one\n", ("a", "layr"), "did you mean `layer`?", "a:\n  layer: 3   # one\n"),
    ('a:\r\n  "layr": 3\r\nb: é\r\n', ("a", "layr"), "did you mean `layer`?", "a:\r\n  layer: 3\r\nb: é\r\n"),
    ("é: {ü: x, layr: 3}", ("é", "layr"), "did you mean `layer`?", "é: {ü: x, layer: 3}"),
    ("a: &one {n: x}\nb: *one\n", ("a", "n"), "write `n: 2`", "a: &one {n: 2}\nb: *one\n"),
    ("a: {n: &one 2, m: *one}\n", ("a", "n"), "write `n: 3`", None),
    ("a: {n: 2}\nb: 3\n", ("b",), "write `b: 3` under `a`", "a: {n: 2, b: 3}\n"),
    ("a:\n  n: 2  # two\n\n# end\nb: 1\n", ("a", "n"), "add `m: 3`", "a:\n  n: 2  # two\n  m: 3\n\n# end\nb: 1\n"),
    ("a:\n  n: {x: 1,\n      y: 2}\nb: 1", ("a", "n", "x"), "add `m: 3`", "a:\n  n: {x: 1,\n      y: 2, m: 3}\nb: 1"),
    ("b: 1\na:\n  n: |\n    text\n", ("a", "n"), "add `m: 3`", "b: 1\na:\n  n: |\n    text\n  m: 3\n"),
    ("b: 1\na:\n  n: 1", ("a", "n"), "add `m: 3`", "b: 1\na:\n  n: 1\n  m: 3"),
    ("a: {}\nb: 1\n", ("b",), "write `n: 2` under `a`", "a: {n: 2}\n"),
    ("a: {n: 1, m: 2, o: 3}\n", ("a", "n"), "leave `n` out", "a: {m: 2, o: 3}\n"),
    ("a: {n: 1, m: 2, o: 3}\n", ("a", "o"), "leave `o` out", "a: {n: 1, m: 2}\n"),
    ("a: {n: 1}\nb: 2\n", ("a", "n"), "leave `n` out", "a: {}\nb: 2\n"),
    ("a:\n  # of n\n  n: 1  # one\n  m: 2\n", ("a", "n"), "leave `n` out", "a:\n  # of n\n  m: 2\n"),
    ("a:\n  - n: 1\n    m: 2\n", ("a", 0, "n"), "leave `n` out", "a:\n  - m: 2\n"),
    ("a: [x, y]\n", ("a",), "add `z` to `a`", "a: [x, y, z]\n"),
    ("a:\n  - x\n  - y  # last\nb: 1\n", ("a",), "add `z` to `a`", "a:\n  - x\n  - y  # last\n  - z\nb: 1\n"),
    ("a: x=3\n", ("a",), "write `a: {x: 3}`", "a: {x: 3}\n"),
    ("a: {b}\n", ("a", "b"), "write `b: 3`", "a: {b: 3}\n"),
    ("a:\n  b:\n  c: 1\n", ("a", "b"), "write `b: 3`", "a:\n  b: 3\n  c: 1\n"),
    ("a: 1st\nb: {1st: x, from: 1st}\n", ("b", "1st"), "call it `st_1`", "a: st_1\nb: {st_1: x, from: st_1}\n"),
    ("a: b\n", ("a",), "write:\nc: {d: 1}", None),
    ("a:\n  # kept\n  b: 1\n", ("a",), "write `a: c`", "a:\n  # kept\n  c\n"),
    ("a:\n  b: 1\n  # kept\n  c: 2\n", ("a",), "write `a: d`", None),
    ("a: b\n", ("a",), "write `a: c`, or leave it out", None),
    ("a: b\n", ("a",), "write `a: …`", None),
    ("a: b\n", ("a",), "for example write `a: c`", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "path", "advice", "mended"), CASES, ids=lambda each: str(each)[:40])
def test_only_what_is_advised_changes(
    text: str, path: tuple[str | int, ...], advice: str, mended: str | None
) -> None:
    source = Source("spec.yaml", text)
    tree = parse(source, Findings())
    assert tree is not None
    marked = part(tree, path, at_key="write" not in advice or len(path) == 1)
    diagnostic = Diagnostic("NT201", "wrong", marked.span, help=advice)
    found = advised_text(source, [diagnostic]) if advises(source, diagnostic) else None
    assert found == mended


def test_several_are_done_at_once() -> None:
    source = Source("spec.yaml", "a: {layr: Dens}  # one\nb: {units:10}\n")
    advice = [
        Diagnostic("NT201", "key", Span(source, 1, 5, 1, 9), help="did you mean `layer`?"),
        Diagnostic("NT210", "layer", Span(source, 1, 11, 1, 15), help="did you mean `Dense`?"),
        Diagnostic("NT207", "space", Span(source, 2, 5, 2, 13), help="write `units: 10`"),
    ]
    assert advised_text(source, advice) == "a: {layer: Dense}  # one\nb: {units: 10}\n"


def test_what_another_file_says_is_not_written_here() -> None:
    source, other = Source("spec.yaml", "a: b\n"), Source("included.yaml", "a: b\n")
    assert not advises(source, Diagnostic("NT201", "x", Span(other, 1, 1, 1, 2), help="did you mean `c`?"))
    assert not advises(source, Diagnostic("NT201", "x", None, help="did you mean `c`?"))
