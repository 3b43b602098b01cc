"""An option of `train` that is recorded takes two files: itself, and its field in what a run was asked for."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import nettool

pytestmark = pytest.mark.keras

OPTION, FIELD = "cli/training/train.py", "record/files/run_request.py"
EDITS = {
    OPTION: (
        (
            '@click.option(\n    "--resume",',
            '@click.option("--note", help="A note to keep with the run.")\n@click.option(\n    "--resume",',
        ),
        ("    resume: str | None,\n", "    note: str | None,\n    resume: str | None,\n"),
        ("RunRequest(command=tuple(sys.argv[1:]))", "RunRequest(command=tuple(sys.argv[1:]), note=note)"),
    ),
    FIELD: (
        (
            "    command: tuple[str, ...]\n",
            '    command: tuple[str, ...]\n    note: str | None = recorded("my note", None)\n',
        ),
    ),
}
SPEC = """
name: small
data: {dataset: digits, limit: 100}
inputs: {image: [8, 8, 1]}
nodes:
  flat: {layer: Flatten}
  digit: {layer: Dense, units: 10, activation: softmax}
outputs: [digit]
losses: {digit: categorical_crossentropy}
train: {optimizer: SGD, epochs: 1}
"""


def test_a_recorded_option_takes_two_files(tmp_path: Path) -> None:
    package = tmp_path / "with_option/nettool"
    shutil.copytree(Path(nettool.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    for name, edits in EDITS.items():
        text = (package / name).read_text()
        for before, after in edits:
            assert text.count(before) == 1, (name, before)
            text = text.replace(before, after)
        (package / name).write_text(text)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(package.parent)}
        command = [sys.executable, "-m", "nettool", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)

    (tmp_path / "small.yaml").write_text(SPEC.lstrip())
    assert run("train", "small.yaml", "--note", "a first try", "--quiet").returncode == 0
    resumed = run("train", "--resume", "small", "--epochs", "2", "--note", "further", "--quiet")
    assert resumed.returncode == 0, resumed.stderr
    path = tmp_path / "runs/small/latest/run.json"
    facts = json.loads(path.read_text())
    assert facts["note"] == "a first try"
    assert [each["note"] for each in facts["resumptions"]] == ["further"]

    page = path.with_name("report.html").read_text()
    assert "<dt>my note</dt><dd>a first try</dd>" in page
    assert "<dt>my note</dt><dd>further</dd>" in page
    listed = json.loads(run("runs", "--json").stdout)
    assert [each["note"] for each in listed] == ["a first try"]

    path.write_text(json.dumps({**facts, "note": 3}))
    damaged = run("report", "small")
    assert damaged.returncode == 2
    assert "run.json is damaged: `note` must be text, not 3" in damaged.stderr
    path.write_text(json.dumps({key: value for key, value in facts.items() if key != "note"}))
    assert run("report", "small").returncode == 0
    assert "my note" in path.with_name("report.html").read_text(), "of the resumption"
