"""Diagnostics as text: marks stand under what they mark, whatever the line holds."""

from nettool.diagnostics.diagnostic import Diagnostic, Label, Severity
from nettool.diagnostics.render import render, render_all
from nettool.diagnostics.source import Source, Span

SPEC = Source("spec.yaml", "name: a\nnodes:\n  a: {layer: Dense}\n  b: {layer: Dense}\n")


def span(line: int, column: int, end_column: int, source: Source = SPEC) -> Span:
    return Span(source, line, column, line, end_column)


def test_a_diagnostic_with_everything() -> None:
    diagnostic = Diagnostic(
        "NT311",
        "`b` cannot be",
        span(4, 3, 4),
        "wrong here",
        (Label(span(3, 3, 4), "because of this"),),
        ("a fact",),
        "mend it",
    )
    assert render(diagnostic) == "\n".join(
        [
            "error[NT311]: `b` cannot be",
            " --> spec.yaml:4:3",
            "  |",
            "3 |   a: {layer: Dense}",
            "  |   - because of this",
            "4 |   b: {layer: Dense}",
            "  |   ^ wrong here",
            "  = a fact",
            "  = help: mend it",
        ]
    )


def test_a_label_in_another_file_has_a_snippet_of_its_own() -> None:
    other = Source("other.yaml", "x: 1\n")
    diagnostic = Diagnostic("NT1", "m", span(1, 1, 5), labels=(Label(span(1, 1, 2, other), "there"),))
    assert render(diagnostic) == "\n".join(
        [
            "error[NT1]: m",
            " --> spec.yaml:1:1",
            "  |",
            "1 | name: a",
            "  | ^^^^",
            " ::: other.yaml:1:1",
            "  |",
            "1 | x: 1",
            "  | - there",
        ]
    )


def test_wide_letters_tabs_and_control_characters_keep_the_mark_in_place() -> None:
    source = Source("s", "名前: \t\x07x\n")
    assert render(Diagnostic("NT1", "m", span(1, 7, 8, source))).splitlines()[3:] == [
        "1 | 名前:  �x",
        "  |         ^",
    ]


def test_a_name_cannot_steer_the_terminal() -> None:
    assert render(Diagnostic("NT1", "`\x1b[31m` is red", help="say\nless\x07")) == (
        "error[NT1]: `�[31m` is red\n  = help: say\nless�"
    )


def test_a_very_long_line_is_cut_around_the_mark() -> None:
    source = Source("s", "a" * 1000 + "X" + "b" * 1000)
    shown, marked = render(Diagnostic("NT1", "m", span(1, 1001, 1002, source))).splitlines()[3:]
    assert len(shown) < 170
    assert shown[marked.index("^")] == "X"
    assert shown.count("…") == 2


def test_a_span_of_several_lines_is_marked_on_its_first() -> None:
    text = render(Diagnostic("NT1", "m", Span(SPEC, 2, 1, 4, 5)))
    assert text.splitlines()[3:] == ["2 | nodes:", "  | ^^^^^^"]


def test_a_diagnostic_without_a_place() -> None:
    assert (
        render(Diagnostic("NT603", "m", help="h", severity=Severity.WARNING))
        == "warning[NT603]: m\n  = help: h"
    )


def test_the_last_line_counts() -> None:
    found = [Diagnostic("A", "a"), Diagnostic("B", "b"), Diagnostic("C", "c", severity=Severity.WARNING)]
    assert render_all(found).splitlines()[-1] == "2 errors, 1 warning"
