"""Diagnostics as workflow commands: GitHub Actions shows them beside the lines that they are about.

The form and its escapes: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterable

from nettool.diagnostics.diagnostic import Diagnostic
from nettool.diagnostics.source import COMMAND_LINE, Span


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """One line for each diagnostic; an empty text for none."""
    return "\n".join(_command(diagnostic) for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    properties = {**_place(diagnostic.span), "title": diagnostic.code}
    settings = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{diagnostic.severity} {settings}::{_data(_words(diagnostic))}"


def _place(span: Span | None) -> dict[str, object]:
    if span is None or span.source.name == COMMAND_LINE:
        return {}
    if span.end_line != span.line:
        # GitHub refuses columns of an annotation that goes over several lines.
        return {"file": span.source.name, "line": span.line, "endLine": span.end_line}
    return {
        "file": span.source.name,
        "line": span.line,
        "col": span.column,
        "endColumn": span.end_column,
    }


def _words(diagnostic: Diagnostic) -> str:
    lines = [diagnostic.message]
    lines += [diagnostic.label] if diagnostic.label else []
    for label in diagnostic.labels:
        lines.append(f"{label.span.source.name}:{label.span.line}:{label.span.column}: {label.text}")
    lines += diagnostic.notes
    lines += [f"help: {diagnostic.help}"] if diagnostic.help is not None else []
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
