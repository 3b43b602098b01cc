"""Diagnostics as one JSON object, for editors and scripts."""

import json
from collections.abc import Iterable

from nettool.diagnostics.diagnostic import Diagnostic
from nettool.diagnostics.source import Span


def as_json(diagnostics: Iterable[Diagnostic], *, in_one_line: bool = False) -> str:
    """`{"diagnostics": [...]}`, indented unless it is to be `in_one_line`.

    Lines and columns count from 1, the end column is the first after.
    What has no place has null for it. The words beside the marked characters are the first of the labels.
    """
    facts = {"diagnostics": [_facts(diagnostic) for diagnostic in diagnostics]}
    return json.dumps(facts, indent=None if in_one_line else 2, ensure_ascii=False)


def _facts(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    labels = [] if span is None or not diagnostic.label else [(span, diagnostic.label)]
    labels += [(label.span, label.text) for label in diagnostic.labels]
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        **_start(span),
        "end_line": None if span is None else span.end_line,
        "end_column": None if span is None else span.end_column,
        "help": diagnostic.help,
        "labels": [{**_start(place), "message": text} for place, text in labels],
        "notes": list(diagnostic.notes),
    }


def _start(span: Span | None) -> dict[str, object]:
    if span is None:
        return {"file": None, "line": None, "column": None}
    return {"file": span.source.name, "line": span.line, "column": span.column}
