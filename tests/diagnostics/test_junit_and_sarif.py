"""JUnit XML and SARIF: what readers ask for is there, and hostile names stay text."""

import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from nettool.diagnostics.as_junit import as_junit
from nettool.diagnostics.as_sarif import as_sarif
from nettool.diagnostics.checked_file import CheckedFile
from nettool.diagnostics.diagnostic import Diagnostic, Label, Severity
from nettool.diagnostics.source import COMMAND_LINE, Source, Span

NAME = "nets/a b&<\"'>#1é.yaml"
SOURCE = Source(NAME, "a: {unit: 3}\nb: 4\n")
UNIT = Diagnostic(
    "NT212",
    "no option `unit`",
    Span(SOURCE, 1, 5, 1, 9),
    "here",
    (Label(Span(SOURCE, 2, 1, 2, 5), "and here"),),
    ("a note",),
    "did you mean `units`?",
)
WARNING = Diagnostic("NT411", "no probabilities", Span(SOURCE, 2, 1, 2, 5), severity=Severity.WARNING)
ELSEWHERE = Diagnostic("NT901", "no assignment", Span(Source(COMMAND_LINE, "--set x"), 1, 1, 1, 2))
FILES = [
    CheckedFile("sound.yaml", (), 0.25),
    CheckedFile(NAME, (UNIT, WARNING), 0.5),
    CheckedFile("warned.yaml", (WARNING,)),
    CheckedFile("failed.yaml", (), 1.0, failure="loss is not finite"),
    CheckedFile("own.yaml", (), skipped="it runs code"),
    CheckedFile("called.yaml", (ELSEWHERE, ELSEWHERE)),
]
SARIF = {
    "type": "object",
    "required": ["version", "runs", "$schema"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {"$ref": "#/$defs/tool"},
                    "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                },
                "additionalProperties": False,
            },
        },
        "$schema": {"type": "string", "format": "uri"},
    },
    "additionalProperties": False,
    "$defs": {
        "message": {"type": "object", "required": ["text"], "properties": {"text": {"minLength": 1}}},
        "tool": {
            "type": "object",
            "required": ["driver"],
            "properties": {
                "driver": {
                    "type": "object",
                    "required": ["name", "version", "rules"],
                    "properties": {
                        "name": {"type": "string", "minLength": 1},
                        "version": {"type": "string"},
                        "semanticVersion": {"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
                        "rules": {
                            "type": "array",
                            "uniqueItems": True,
                            "items": {
                                "type": "object",
                                "required": ["id", "shortDescription"],
                                "properties": {
                                    "id": {"type": "string"},
                                    "shortDescription": {"$ref": "#/$defs/message"},
                                    "help": {"type": "object", "required": ["text"]},
                                },
                                "additionalProperties": False,
                            },
                        },
                    },
                    "additionalProperties": False,
                }
            },
            "additionalProperties": False,
        },
        "result": {
            "type": "object",
            "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": {"$ref": "#/$defs/message"},
                "locations": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/location"}},
                "relatedLocations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
            },
            "additionalProperties": False,
        },
        "location": {
            "type": "object",
            "required": ["physicalLocation"],
            "properties": {
                "message": {"$ref": "#/$defs/message"},
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation", "region"],
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "required": ["uri"],
                            "properties": {"uri": {"pattern": r"^[A-Za-z0-9._~/%:@!$&'()*+,;=-]+$"}},
                        },
                        "region": {
                            "type": "object",
                            "required": ["startLine"],
                            "additionalProperties": {"type": "integer", "minimum": 1},
                        },
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
    },
}
"""What sections 3.13 to 3.30 of the standard, and GitHub's page on it, ask of the properties that are written.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""


def sarif(files: list[CheckedFile]) -> dict[str, object]:
    log: dict[str, object] = json.loads(as_sarif(files, "0.2.0"))
    jsonschema.Draft202012Validator(SARIF).validate(log)
    return log


def test_sarif_has_a_result_for_each_diagnostic_and_failure() -> None:
    log = json.loads(as_sarif(FILES, "0.2.0"))
    jsonschema.Draft202012Validator.check_schema(SARIF)
    jsonschema.Draft202012Validator(SARIF).validate(log)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [each["id"] for each in rules] == ["NT212", "NT411", "NT901", "smoke"]
    assert [(each["ruleId"], each["level"]) for each in run["results"]] == [
        ("NT212", "error"),
        ("NT411", "warning"),
        ("NT411", "warning"),
        ("NT901", "error"),
        ("NT901", "error"),
        ("smoke", "error"),
    ]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])
    first = run["results"][0]
    assert first["message"]["text"] == "no option `unit`: here\na note\nhelp: did you mean `units`?"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "nets/a%20b%26%3C%22%27%3E%231%C3%A9.yaml"
    assert place["region"] == {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 9}
    assert first["relatedLocations"][0]["message"] == {"text": "and here"}
    called, failed = run["results"][3], run["results"][5]
    assert called["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "called.yaml"
    assert failed["message"]["text"] == "loss is not finite"


def test_sarif_of_nothing_is_an_empty_list() -> None:
    runs = sarif([CheckedFile("sound.yaml", ())])["runs"]
    assert isinstance(runs, list)
    assert runs[0]["results"] == []


def test_a_path_is_relative_to_the_working_folder_where_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for path, uri in [(tmp_path / "a.yaml", "a.yaml"), (tmp_path.parent / "b.yaml", None)]:
        text = as_sarif([CheckedFile(str(path), (), failure="no")], "0.2.0")
        found = json.loads(text)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
        assert found["artifactLocation"]["uri"] == (uri or path.as_uri())


def test_junit_has_a_test_case_for_each_file() -> None:
    suites = ElementTree.fromstring(as_junit(FILES, "nettool validate"))
    assert suites.attrib == {
        "name": "nettool",
        "tests": "6",
        "failures": "3",
        "errors": "0",
        "skipped": "1",
        "time": "1.750",
    }
    (suite,) = suites
    assert suite.attrib == {**suites.attrib, "name": "nettool validate"}
    cases = list(suite)
    assert [case.get("name") for case in cases] == [file.path for file in FILES]
    assert all(case.get("file") == case.get("name") for case in cases)
    assert [[inner.tag for inner in case] for case in cases] == [
        [],
        ["failure"],
        ["system-out"],
        ["failure"],
        ["skipped"],
        ["failure"],
    ]
    failures = [inner for case in cases for inner in case if inner.tag == "failure"]
    assert [(each.get("type"), each.get("message")) for each in failures] == [
        ("NT212", "NT212: no option `unit`"),
        ("failed", "loss is not finite"),
        ("NT901", "NT901: no assignment (and 1 more)"),
    ]
    assert failures[0].text is not None
    assert failures[0].text.startswith("error[NT212]: no option `unit`\n")
    assert cases[4][0].get("message") == "it runs code"


def test_no_character_breaks_the_reports() -> None:
    every = "".join(map(chr, [*range(0x100), 0x2028, 0xD800, 0xDFFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F600]))
    source = Source(every, every)
    diagnostic = Diagnostic("NT212", every, Span(source, 1, 1, 1, 2), every, (), (every,), every)
    files = [CheckedFile(every, (diagnostic,)), CheckedFile(f"x{every}", (), failure=every)]
    case = ElementTree.fromstring(as_junit(files, every))[0][0]
    assert case.get("name", "").endswith("\N{REPLACEMENT CHARACTER}" * 3 + "\U0001f600")
    json.loads(as_sarif(files, "0.2.0"))
