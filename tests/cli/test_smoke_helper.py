"""Many specs at once are shared with a second process, and what comes of it is what one process says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import run

from nettool.jobs.spec import smoke_helper

pytestmark = pytest.mark.keras

SOUND = """
inputs: {{x: [4]}}
nodes: {{y: {{layer: Dense, units: {units}}}}}
outputs: [y]
losses: {{y: mse}}
"""
DIVERGING = SOUND.format(units=2) + "train: {optimizer: {optimizer: SGD, learning_rate: 1.0e+38}}\n"
WRONG = SOUND.format(units=2).replace("units", "unts")
COUNT = smoke_helper.FEWEST


@pytest.fixture
def specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(smoke_helper, "processors", lambda: 2)
    monkeypatch.setattr(smoke_helper, "ROOM", 0)
    names = [f"s{number}.yaml" for number in range(COUNT)]
    for units, name in enumerate(names, start=1):
        Path(name).write_text(SOUND.format(units=units))
    return names


def rows(*specs: str) -> list[dict[str, object]]:
    ended = run("train", "--smoke", "--json", *specs)
    found = [json.loads(line) for line in ended.out.splitlines()]
    return [{**row, "seconds": None} for row in found]


def by_itself(monkeypatch: pytest.MonkeyPatch, *specs: str) -> list[dict[str, object]]:
    with monkeypatch.context() as patch:
        patch.setattr(smoke_helper, "FEWEST", 1000)
        return rows(*specs)


def test_two_processes_say_what_one_does_in_the_order_of_the_specs(
    specs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    helped: list[str] = []
    result = smoke_helper._Helper.result

    def watched(helper: smoke_helper._Helper, path: Path) -> object:
        found = result(helper, path)
        helped.extend([path.name] if found else [])
        return found

    monkeypatch.setattr(smoke_helper._Helper, "result", watched)
    found = rows(*specs)
    assert [row["spec"] for row in found] == specs
    assert all(row["passed"] for row in found)
    assert specs[-1] in helped
    helped.clear()
    assert by_itself(monkeypatch, *specs) == found
    assert not helped


@pytest.mark.parametrize(
    ("text", "code", "why"), [(DIVERGING, 1, "loss became"), (WRONG, 2, "spec is wrong")]
)
def test_what_fails_in_the_other_process_is_said_by_this_one(
    specs: list[str], text: str, code: int, why: str
) -> None:
    Path("wrong.yaml").write_text(text)
    ended = run("train", "--smoke", *specs, "wrong.yaml")
    assert ended.code == code
    (line,) = [line for line in ended.out.splitlines() if line.startswith("wrong.yaml")]
    assert why in line
    assert f"{COUNT} passed, 1 failed" in ended.out


@pytest.mark.parametrize("program", [["-c", "pass"], ["-c", "print('no answer')"]])
def test_another_process_that_ends_at_once_is_done_without(
    specs: list[str], monkeypatch: pytest.MonkeyPatch, program: list[str]
) -> None:
    popen = subprocess.Popen

    def another(command: list[str], **options: object) -> object:
        return popen([sys.executable, *program], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(smoke_helper.subprocess, "Popen", another)
    found = rows(*specs)
    monkeypatch.undo()
    assert [row["passed"] for row in found] == [True] * COUNT


def test_the_other_process_ends_with_the_one_who_asks(specs: list[str]) -> None:
    request = {"specs": specs, "overrides": [], "backend": "tensorflow", "device": "auto"}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", smoke_helper.__name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    print(json.dumps(request), file=process.stdin, flush=True)
    first = json.loads(process.stdout.readline())
    assert (first["parameters"], first["loss"] > 0) == (5, True)
    process.stdin.close()
    answers = process.stdout.read().splitlines()
    assert process.wait(30) == 0
    assert len(answers) < COUNT - 1
    process.stdout.close()
