"""Checked files as SARIF 2.1.0, which GitHub code scanning, Azure DevOps and editors show beside the lines.

The form: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; what GitHub reads of it:
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from nettool.diagnostics.checked_file import CheckedFile
from nettool.diagnostics.codes import codes
from nettool.diagnostics.diagnostic import Diagnostic
from nettool.diagnostics.explanation import explanation
from nettool.diagnostics.printable import printable, utf_8
from nettool.diagnostics.source import COMMAND_LINE, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
UNTRAINED = "smoke"
"""The rule of a spec that is sound and still does not train."""

_Json = dict[str, object]


def as_sarif(files: Sequence[CheckedFile], version: str) -> str:
    """A SARIF log with one run: a rule for each code that was found, a result for each diagnostic.

    A sound spec that does not train is a result, too.
    """
    found = [(file, each) for file in files for each in file.diagnostics]
    untrained = [file for file in files if file.failure is not None and not file.errors]
    rules = sorted({each.code for _, each in found}) + ([UNTRAINED] if untrained else [])
    places = {rule: place for place, rule in enumerate(rules)}
    results = [_result(file, each, places) for file, each in found]
    results += [_of_failure(file, places) for file in untrained]
    driver = {
        "name": "nettool",
        "version": version,
        "semanticVersion": version,
        "rules": [_rule(rule) for rule in rules],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(code: str) -> _Json:
    if code not in codes():
        return {"id": code, "shortDescription": _message("a sound spec does not train")}
    page = explanation(code)
    return {
        "id": code,
        "shortDescription": _message(page.meaning),
        "help": {"text": page.text, "markdown": page.text},
    }


def _result(file: CheckedFile, diagnostic: Diagnostic, places: Mapping[str, int]) -> _Json:
    result: _Json = {
        "ruleId": diagnostic.code,
        "ruleIndex": places[diagnostic.code],
        "level": str(diagnostic.severity),
        "message": _message(_words(diagnostic)),
        "locations": [_location(file, diagnostic.span)],
    }
    others = [
        {**_location(file, label.span), "message": _message(label.text)}
        for label in diagnostic.labels
        if label.text
    ]
    return {**result, "relatedLocations": others} if others else result


def _of_failure(file: CheckedFile, places: Mapping[str, int]) -> _Json:
    return {
        "ruleId": UNTRAINED,
        "ruleIndex": places[UNTRAINED],
        "level": "error",
        "message": _message(file.failure or ""),
        "locations": [_location(file, None)],
    }


def _words(diagnostic: Diagnostic) -> str:
    lines = [diagnostic.message + (f": {diagnostic.label}" if diagnostic.label else "")]
    lines += diagnostic.notes
    lines += [f"help: {diagnostic.help}"] if diagnostic.help is not None else []
    return "\n".join(lines)


def _message(text: str) -> _Json:
    return {"text": printable(text)}


def _location(file: CheckedFile, span: Span | None) -> _Json:
    """Of what has no place in a file, such as a mistake on the command line, the first line of the spec."""
    if span is None or span.source.name == COMMAND_LINE:
        return {
            "physicalLocation": {"artifactLocation": {"uri": _uri(file.path)}, "region": {"startLine": 1}}
        }
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(span.source.name)}, "region": region}}


def _uri(name: str) -> str:
    """Below the working folder it is relative, as readers expect that know the root of the repository."""
    path = Path(name)
    if path.is_absolute():
        if not path.is_relative_to(Path.cwd()):
            return path.as_uri()
        path = path.relative_to(Path.cwd())
    return quote(utf_8(path.as_posix()))
