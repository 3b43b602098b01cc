"""A new origin of data is one file and one line in a table, and everything that knows origins knows it then."""

import json
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from command_line import run
from jsonschema import Draft7Validator
from lines_origin import LinesOrigin
from test_docs import generate

from nettool.cli.main import cli
from nettool.diagnostics.diagnostic import Diagnostic, SpecError
from nettool.front_end import load
from nettool.gallery import companions
from nettool.schema.spec_schema import spec_schema
from nettool.spec.data.origins import own_origins

SPEC = """
data: {DATA}
inputs: {x: [2]}
nodes: {y: {layer: Dense, units: 3, activation: softmax}}
outputs: [y]
losses: {y: sparse_categorical_crossentropy}
train: {epochs: 1}
"""
DATA = "{lines: beans.jsonl, answer: kind, levels: 3}"


@pytest.fixture(autouse=True)
def beans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_origins, "OWN_ORIGINS", (*own_origins.OWN_ORIGINS, LinesOrigin))
    monkeypatch.chdir(tmp_path)
    samples = [{"length": number / 7, "width": 1.5, "kind": number % 3} for number in range(30)]
    Path("beans.jsonl").write_text("\n".join(map(json.dumps, samples)), encoding="utf-8")
    write(DATA)


def write(data: str) -> Path:
    path = Path("net.yaml")
    path.write_text(SPEC.replace("{DATA}", data), encoding="utf-8")
    return path


def refused(data: str) -> Diagnostic:
    with pytest.raises(SpecError) as raised:
        load(write(data))
    (found,) = (each for each in raised.value.diagnostics if each.severity.value == "error")
    return found


def test_it_is_read_shown_and_written_with_its_defaults() -> None:
    plan, warnings = load(Path("net.yaml"))
    assert warnings == ()
    lines = Path("beans.jsonl").absolute()
    assert f"data: {{lines: {lines}, answer: kind, levels: 3, task: classify," in " ".join(
        plan.resolved.split()
    )
    again = Path("again.yaml")
    again.write_text(plan.resolved, encoding="utf-8")
    assert load(again)[0].resolved == plan.resolved
    shown = run("data", "preview", "net.yaml", "-o", "beans.svg")
    assert (shown.code, Path("beans.svg").exists()) == (0, True)
    assert "beans.jsonl" in shown.out
    assert json.loads(run("data", "info", "net.yaml", "--json").out)["source"]["answer"] == "kind"


@pytest.mark.parametrize(
    ("data", "code", "message", "advice"),
    [
        (
            "{lines: beans.jsonl, anwser: kind}",
            "NT201",
            "`data` has no key `anwser`",
            "did you mean `answer`?",
        ),
        ("{jsonl: beans.jsonl, answer: kind}", "NT201", "`data` has no key `jsonl`", "did you mean `lines`?"),
        ("{path: beans.jsonl, answer: kind}", "NT201", "`data` has no key `path`", "did you mean `lines`?"),
        (
            "{lines: beans.jsonl}",
            "NT202",
            "`lines` needs `answer` beside it",
            "for example: write `answer: kind` under `data`",
        ),
        (
            "{lines: 3, answer: kind}",
            "NT205",
            "`lines` must be a path, not 3",
            None,
        ),
        ("{folder: pets, answer: kind}", "NT201", "`answer` goes with `lines`, not with `folder`", None),
        ("{lines: a.jsonl, folder: pets}", "NT204", "`data` comes from two places", "keep one of them"),
        (
            "beans.jsonl",
            "NT501",
            "there is no data set `beans.jsonl`",
            "a file or folder of your own: write `data: {lines: beans.jsonl}`",
        ),
        ("{lines: beans.jsonl, answer: sort}", "NT510", "has lines without `sort`", None),
    ],
)
def test_what_is_wrong_with_it_is_said(data: str, code: str, message: str, advice: str | None) -> None:
    found = refused(data)
    assert (found.code, found.help) == (code, advice)
    assert message in found.message


def test_a_mistake_of_the_source_is_shown_at_the_key_to_mend() -> None:
    found = refused("{lines: beans.jsonl, answer: sort}")
    assert found.span is not None
    assert (
        SPEC.replace("{DATA}", "{lines: beans.jsonl, answer: sort}")
        .splitlines()[1][found.span.column - 1 :]
        .startswith("sort")
    )


@pytest.mark.parametrize(
    ("data", "is_legal"),
    [
        ({"lines": "beans.jsonl", "answer": "kind"}, True),
        ({"lines": {"train": "a.jsonl", "test": "b.jsonl"}, "answer": "kind", "levels": 3}, True),
        ({"lines": "beans.jsonl"}, False),
        ({"lines": "beans.jsonl", "answer": "kind", "columns": {"x": "x"}}, False),
        ({"lines": "beans.jsonl", "answer": "kind", "levels": 1}, False),
        ({"folder": "pets", "answer": "kind"}, False),
    ],
)
def test_the_schema_has_it(data: object, is_legal: bool) -> None:
    schema = spec_schema()
    form = {**schema["properties"]["data"], "definitions": schema["definitions"]}
    assert Draft7Validator(form).is_valid(data) == is_legal


def test_the_manual_completion_and_copies_have_it() -> None:
    assert generate.data_origins().splitlines()[-3:] == [
        "| `lines: beans.jsonl` |  | JSON lines of your own: a file, or one for each part. |",
        "| `answer: kind` |  | Only with `lines`: Which key is the class. |",
        "| `levels: 3` | `2` | Only with `lines`: How many classes there are. |",
    ]
    proposed = ShellComplete(cli, {}, "nettool", "C").get_completions(
        ["summary", "net.yaml", "--set"], "data.l"
    )
    assert [each.value for each in proposed] == ["data.lines=", "data.levels=", "data.limit="]
    assert companions(f"data: {DATA}") == ("beans.jsonl",)
