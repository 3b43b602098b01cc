"""YAML's own complaints in plain words, with the place that a person has to mend."""

import yaml

from nettool.diagnostics.diagnostic import Diagnostic, Label
from nettool.diagnostics.source import Source, Span
from nettool.spec.yaml.meant import spaced

DEEPEST = 50
"""Levels of nesting that are read."""

_PLAIN_WORDS: tuple[tuple[str, str, str | None], ...] = (
    (
        "character that cannot start any token",
        "this character cannot start a value",
        "put text that starts with % @ or ` into quotes",
    ),
    (
        "mapping values are not allowed",
        "a second `:` in one line, or a key that is indented too far",
        "put text that holds `: ` into quotes; line a key up with those above it",
    ),
    ("expected ',' or '}'", "a `{` is not closed: a `,` or a `}` is missing", None),
    ("expected ',' or ']'", "a `[` is not closed: a `,` or a `]` is missing", None),
    ("expected key", "this line does not line up with the entries above it", "indent it as they are"),
    ("expected ':'", "a key without its `:`", "write `key: value`"),
    ("expected '-' indicator", "this line does not line up with the list above it", "indent it as they are"),
    ("unexpected end of stream", "a quote or a bracket is not closed before the file ends", None),
    ("found unexpected document indicator", "a quote is not closed before the document ends", None),
    ("node content", "a value is missing here", None),
    ("expected <document start>", "a spec is one mapping; this stands outside of it", None),
)


def diagnostic(error: yaml.YAMLError, source: Source) -> Diagnostic:
    """A syntax error as a diagnostic; the place where the broken thing began is labelled."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _unreadable_character(error, source)
    problem = str(getattr(error, "problem", "") or "")
    span = _at(source, mark)
    if "nesting depth" in problem:  # libyaml has a limit of its own since PyYAML 6.0.4
        return too_deep(span)
    lines = source.lines()
    if mark.line < len(lines) and lines[mark.line][mark.column : mark.column + 1] == "\t":
        return Diagnostic("NT101", "a tab cannot indent", span, help="indent with spaces")
    unspaced = _without_a_space(source, mark.line, getattr(error, "context_mark", None), problem)
    if unspaced is not None:
        return unspaced
    message, advice = next(
        ((words, advice) for key, words, advice in _PLAIN_WORDS if key in problem),
        (f"this is not YAML: {problem}", None),
    )
    context = getattr(error, "context_mark", None)
    if context is None or (context.line, context.column) == (mark.line, mark.column):
        return Diagnostic("NT101", message, span, "here", help=advice)
    start = _at(source, context)
    if "not closed" in message:
        return Diagnostic(
            "NT101", message, start, "opened here", (Label(span, "still open here"),), help=advice
        )
    return Diagnostic("NT101", message, span, "here", (Label(start, "it began here"),), help=advice)


def no_space(span: Span, with_space: str) -> Diagnostic:
    """A key and its value that YAML reads as one word."""
    message = "a colon without a space after it: YAML reads one word"
    return Diagnostic("NT207", message, span, help=f"write `{with_space}`")


def _without_a_space(source: Source, line: int, context: yaml.Mark | None, problem: str) -> Diagnostic | None:
    """What is to be said where the reader stumbles over `units:10` in a line, or over the line after it."""
    if not problem.startswith(("could not find expected ':'", "mapping values are not allowed")):
        return None
    lines = source.lines()
    for number in (line if context is None else context.line, line - 1):
        text = lines[number].partition(" #")[0].strip() if 0 <= number < len(lines) else ""
        with_space = spaced(text)
        if with_space is not None:
            column = lines[number].index(text) + 1
            span = Span(source, number + 1, column, number + 1, column + len(text))
            return no_space(span, with_space)
    return None


def too_deep(span: Span) -> Diagnostic:
    """Lists and mappings inside each other beyond what is read."""
    return Diagnostic("NT106", f"nested more than {DEEPEST} levels deep", span)


def _at(source: Source, mark: yaml.Mark) -> Span:
    return Span(source, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)


def _unreadable_character(error: yaml.YAMLError, source: Source) -> Diagnostic:
    """PyYAML's reader refuses control characters and says only at which character."""
    position = getattr(error, "position", None)
    before = source.text[:position] if isinstance(position, int) else ""
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return Diagnostic(
        "NT102",
        "a control character, which YAML does not allow",
        Span(source, line, column, line, column + 1),
        help="delete it; files copied from other programs sometimes carry such characters",
    )
