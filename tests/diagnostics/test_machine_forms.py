"""Diagnostics for programs: one JSON object, or workflow commands for GitHub."""

import json
from typing import Any

from nettool.diagnostics.as_github import as_github
from nettool.diagnostics.as_json import as_json
from nettool.diagnostics.diagnostic import Diagnostic, Label, Severity
from nettool.diagnostics.source import COMMAND_LINE, Source, Span

SPEC = Source("configs/a,b.yaml", "name: a\nnodes:\n  a: {layer: Dense}\n  b: {layer: Dense}\n")
WITH_EVERYTHING = Diagnostic(
    "NT311",
    "`b` cannot take 100% of it",
    Span(SPEC, 4, 3, 4, 4),
    "wrong here",
    (Label(Span(SPEC, 3, 3, 3, 4), "because of this"),),
    ("a fact",),
    "mend it: now",
)
WITHOUT_A_PLACE = Diagnostic("NT603", "to be trained the spec needs `train`", severity=Severity.WARNING)
OF_SEVERAL_LINES = Diagnostic("NT205", "wrong", Span(SPEC, 2, 1, 4, 5))
ON_THE_COMMAND_LINE = Diagnostic("NT901", "no", Span(Source(COMMAND_LINE, "--set a"), 1, 7, 1, 8))


def test_json_holds_all_that_the_text_holds() -> None:
    assert facts(WITH_EVERYTHING) == {
        "code": "NT311",
        "severity": "error",
        "message": "`b` cannot take 100% of it",
        "file": "configs/a,b.yaml",
        "line": 4,
        "column": 3,
        "end_line": 4,
        "end_column": 4,
        "help": "mend it: now",
        "labels": [
            {"file": "configs/a,b.yaml", "line": 4, "column": 3, "message": "wrong here"},
            {"file": "configs/a,b.yaml", "line": 3, "column": 3, "message": "because of this"},
        ],
        "notes": ["a fact"],
    }


def test_json_has_null_where_there_is_no_place() -> None:
    assert facts(WITHOUT_A_PLACE) == {
        "code": "NT603",
        "severity": "warning",
        "message": "to be trained the spec needs `train`",
        **dict.fromkeys(("file", "line", "column", "end_line", "end_column", "help")),
        "labels": [],
        "notes": [],
    }


def test_json_of_nothing_is_an_empty_list() -> None:
    assert json.loads(as_json(())) == {"diagnostics": []}


def test_github_gets_one_escaped_command_for_each() -> None:
    assert as_github([WITH_EVERYTHING, WITHOUT_A_PLACE, OF_SEVERAL_LINES, ON_THE_COMMAND_LINE]).split(
        "\n"
    ) == [
        "::error file=configs/a%2Cb.yaml,line=4,col=3,endColumn=4,title=NT311::"
        "`b` cannot take 100%25 of it%0Awrong here%0Aconfigs/a,b.yaml:3:3: because of this%0Aa fact"
        "%0Ahelp: mend it: now",
        "::warning title=NT603::to be trained the spec needs `train`",
        "::error file=configs/a%2Cb.yaml,line=2,endLine=4,title=NT205::wrong",
        "::error title=NT901::no",
    ]


def facts(diagnostic: Diagnostic) -> Any:
    (only,) = json.loads(as_json([diagnostic]))["diagnostics"]
    return only
