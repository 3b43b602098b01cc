"""A spec whose own data are not on this machine: it can be looked at and tried, and says why it cannot be trained."""

import subprocess
import sys
from pathlib import Path

import pytest
from command_line import run

SPEC = """
data: {arrays: shapes.npz, augment: RandomFlip, normalize: standard}
inputs: {image: [8, 8, 1]}
nodes:
  flat: {layer: Flatten}
  label: {layer: Dense, units: 3, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
train: {epochs: 1}
"""
WORDS = "there is no file `{folder}/shapes.npz`: inputs and outputs were not checked against the data"


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "shapes.yaml"
    path.write_text(SPEC.lstrip())
    return path


def test_it_is_sound_with_a_doubt(spec: Path) -> None:
    ended = run("validate", str(spec))
    assert ended.code == 0
    assert ended.out == f"{spec}: sound, 2 nodes, 195 parameters\n"
    assert f"warning[NT509]: {WORDS.format(folder=spec.parent)}" in ended.err


def test_to_train_it_ends_with_4_before_anything_is_started_or_written(spec: Path) -> None:
    code = "import sys; from nettool.cli.main import main; sys.argv = ['nettool', 'train', 'shapes.yaml']\n"
    code += "try: main()\nexcept SystemExit as end: print(end.code, 'tensorflow' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "4 False\n"
    assert ended.stderr.startswith(f"error: there is no file `{spec.parent}/shapes.npz`\n  expected: ")
    assert sorted(path.name for path in spec.parent.iterdir()) == ["shapes.yaml"]


@pytest.mark.keras
def test_it_can_be_tried_on_made_up_values(spec: Path) -> None:
    ended = run("train", "--smoke", str(spec))
    assert ended.code == 0
    assert "passed, but not checked against its data, which are not here" in ended.out
    assert "1 passed, 0 failed" in ended.out


@pytest.mark.parametrize(
    "command", ["data list", "data verify digits", "data fetch digits", "data info SPEC"]
)
def test_a_data_dir_that_is_not_there_is_named(command: str, spec: Path) -> None:
    spec.write_text(SPEC.replace("arrays: shapes.npz", "dataset: digits"))
    arguments = [str(spec) if word == "SPEC" else word for word in command.split()]
    ended = run(*arguments, "--data-dir", "mnst")
    assert ended.err.startswith(
        "note: there is no folder `mnst` (--data-dir): data are looked for elsewhere\n"
    )
    assert "--data-dir" not in run(*arguments, "--data-dir", ".").err


def test_data_that_would_have_to_come_from_there_are_missing(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETTOOL_CACHE_DIR", "empty")
    monkeypatch.setenv("KERAS_HOME", "empty")
    ended = run("data", "fetch", "mnist", "--offline", "--data-dir", "mnst")
    assert ended.code == 4
    assert "looked in: mnst, which is not a folder (--data-dir)" in ended.err
