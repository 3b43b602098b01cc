"""A diagnostic as people read it: headline, place, the marked lines, notes and help."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from nettool.diagnostics.diagnostic import Diagnostic, Severity
from nettool.diagnostics.source import Source, Span
from nettool.diagnostics.suggest import counted

WIDEST_LINE = 150
"""Columns of a source line that are shown; a longer one is cut around the mark."""


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    sign: str
    text: str


def render(diagnostic: Diagnostic) -> str:
    """The text of one diagnostic, without a line end; nothing in it can steer a terminal."""
    lines = [f"{diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}"]
    span = diagnostic.span
    margin = " "
    if span is not None:
        marks = [_Mark(span, "^", diagnostic.label)]
        marks += [_Mark(label.span, "-", label.text) for label in diagnostic.labels]
        margin = " " * max(len(str(mark.span.line)) for mark in marks)
        lines.append(f"{margin}--> {_place(span)}")
        lines += _snippet(span.source, [mark for mark in marks if mark.span.source is span.source], margin)
        for source in _other_sources(marks, span.source):
            there = [mark for mark in marks if mark.span.source is source]
            lines.append(f"{margin}::: {_place(there[0].span)}")
            lines += _snippet(source, there, margin)
    lines += [f"{margin} = {note}" for note in diagnostic.notes]
    if diagnostic.help is not None:
        lines.append(f"{margin} = help: {diagnostic.help}")
    return "\n".join(_printable(line) for text in lines for line in text.split("\n"))


def render_all(diagnostics: Iterable[Diagnostic]) -> str:
    """Every diagnostic, a blank line between them, and a last line that counts them."""
    found = list(diagnostics)
    texts = [render(diagnostic) for diagnostic in found]
    return "\n\n".join([*texts, count_line(found)])


def count_line(diagnostics: Iterable[Diagnostic]) -> str:
    """How many there are: `2 errors, 1 warning`."""
    found = list(diagnostics)
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in found)
    warnings = len(found) - errors
    parts = [counted(errors, "error")] if errors else []
    parts += [counted(warnings, "warning")] if warnings else []
    return ", ".join(parts)


def _place(span: Span) -> str:
    return f"{span.source.name}:{span.line}:{span.column}"


def _other_sources(marks: list[_Mark], first: Source) -> list[Source]:
    seen: list[Source] = []
    for mark in marks:
        if mark.span.source is not first and mark.span.source not in seen:
            seen.append(mark.span.source)
    return seen


def _snippet(source: Source, marks: list[_Mark], margin: str) -> list[str]:
    lines = source.lines()
    shown = [f"{margin} |"]
    last = None
    for mark in sorted(marks, key=lambda mark: (mark.span.line, mark.span.column)):
        number = mark.span.line
        text = lines[number - 1] if 0 < number <= len(lines) else ""
        start, end = _columns(mark.span, text)
        text, start, end = _cut(text, start, end)
        text = _printable(text)
        if number != last:
            shown.append(f"{number:>{len(margin)}} | {text}".rstrip())
        before = " " * _width(text[:start])
        sign = mark.sign * max(1, _width(text[start:end]))
        shown.append(f"{margin} | {before}{sign} {mark.text}".rstrip())
        last = number
    return shown


def _columns(span: Span, text: str) -> tuple[int, int]:
    """The marked part of the span's first line, counted from 0."""
    start = min(max(span.column - 1, 0), len(text))
    end = span.end_column - 1 if span.end_line == span.line else len(text.rstrip())
    return start, max(start + 1, end)


def _cut(text: str, start: int, end: int) -> tuple[str, int, int]:
    if len(text) <= WIDEST_LINE:
        return text, start, end
    first = max(0, min(start - WIDEST_LINE // 3, len(text) - WIDEST_LINE))
    last = first + WIDEST_LINE
    head = "…" if first > 0 else ""
    tail = "…" if last < len(text) else ""
    shift = len(head) - first
    return head + text[first:last] + tail, start + shift, min(end, last) + shift


def _printable(text: str) -> str:
    return "".join(" " if letter == "\t" else letter if letter.isprintable() else "�" for letter in text)


def _width(text: str) -> int:
    """Terminal cells: East Asian wide letters take two, combining ones none."""
    return sum(
        2 if unicodedata.east_asian_width(letter) in "WF" else 0 if unicodedata.combining(letter) else 1
        for letter in text
    )
