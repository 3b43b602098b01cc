"""`--junit` and `--sarif` of `validate` and `train --smoke`; specs with code of their own among others."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from checked_events import check_event
from command_line import run

SOUND = "inputs: {image: [64]}\nnodes: {digit: {layer: Dense, units: 10}}\noutputs: [digit]\n"
OWN = SOUND.replace("layer: Dense", "layer: Own") + "python: own.py\n"


@pytest.fixture(autouse=True)
def specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sound.yaml").write_text(SOUND)
    Path("broken.yaml").write_text(SOUND.replace("units", "unit"))
    Path("own.yaml").write_text(OWN)
    Path("own.py").write_text("import keras\n\n\nclass Own(keras.layers.Dense):\n    pass\n")


def cases(path: str) -> dict[str | None, list[str]]:
    root = ElementTree.fromstring(Path(path).read_text(encoding="utf-8"))
    return {case.get("name"): [inner.tag for inner in case] for case in root.iter("testcase")}


def levels(path: str) -> list[tuple[str, str]]:
    results = json.loads(Path(path).read_text(encoding="utf-8"))["runs"][0]["results"]
    return [(each["ruleId"], each["level"]) for each in results]


def test_validate_writes_both_beside_its_words() -> None:
    plain = run("validate", "sound.yaml", "broken.yaml", "nowhere.yaml")
    ended = run(
        *("validate", "sound.yaml", "broken.yaml", "nowhere.yaml", "--junit", "ci/r.xml", "--sarif", "r.json")
    )
    assert (ended.code, ended.out, ended.err) == (2, plain.out, plain.err)
    assert cases("ci/r.xml") == {"sound.yaml": [], "broken.yaml": ["failure"], "nowhere.yaml": ["failure"]}
    assert levels("r.json") == [("NT212", "error"), ("NT100", "error")]


def test_a_report_that_cannot_be_written_is_a_failure() -> None:
    Path("file").write_text("")
    ended = run("validate", "sound.yaml", "--junit", "file/r.xml")
    assert ended.code == 1
    assert "file/r.xml" in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("train", "sound.yaml", "--junit", "r.xml"), "--junit and --sarif go with --smoke"),
        (("validate", "sound.yaml", "--fix", "--sarif", "r.json"), "do not go with --fix"),
        (("validate", "sound.yaml", "--watch", "--sarif", "r.json"), "do not go with --watch"),
    ],
)
def test_where_there_are_no_reports(arguments: tuple[str, ...], words: str) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    assert words in ended.err


def test_strict_skips_nothing() -> None:
    ended = run("train", "--smoke", "--strict", "broken.yaml", "own.yaml")
    assert ended.code == 2
    assert "error[NT702]" in ended.err
    assert "0 passed, 2 failed" in ended.out


@pytest.mark.keras
def test_smoke_skips_code_of_its_own_and_says_so() -> None:
    ended = run("train", "--smoke", "sound.yaml", "own.yaml", "--junit", "r.xml", "--sarif", "r.json")
    assert ended.code == 0
    assert ended.out.endswith(
        "skipped: it runs Python code of its own: read it, then add --allow-code\n1 passed, 0 failed, 1 skipped\n"
    )
    assert cases("r.xml") == {"sound.yaml": [], "own.yaml": ["skipped"]}
    assert levels("r.json") == []
    allowed = run("train", "--smoke", "--allow-code", "sound.yaml", "own.yaml", "--json")
    facts = [json.loads(line) for line in allowed.out.splitlines()]
    for each in facts:
        check_event(each)
    assert [(each["passed"], each["skipped"]) for each in facts] == [(True, None)] * 2
