"""A spec with code of its own: read always, run only with leave, and blamed when it fails."""

from pathlib import Path

import pytest
from blank_pictures import blank_pictures
from command_line import run

CODE = """
import keras
from pathlib import Path

Path("was_run").touch()

class Scale(keras.layers.Layer):
    def __init__(self, by, shift=0.0, **kwargs):
        super().__init__(**kwargs)
        self.by = by
        self.shift = shift

    def call(self, inputs):
        return inputs * self.by + self.shift

    def get_config(self):
        return {**super().get_config(), "by": self.by, "shift": self.shift}
"""

SPEC = """
name: own
python: own.py
data: {dataset: digits, limit: 64}
inputs: {image: [64]}
nodes:
  scale: {layer: Scale, by: 2.0}
  digit: {layer: Dense, units: 10, activation: softmax}
outputs: [digit]
losses: {digit: categorical_crossentropy}
train: {epochs: 1}
"""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.py").write_text(CODE)
    Path("own.yaml").write_text(SPEC.lstrip())


def test_looking_reads_the_code_and_does_not_run_it() -> None:
    assert run("validate", "own.yaml").out == "own.yaml: sound, 2 nodes\n"
    assert run("plot", "own.yaml").out == "drew own.svg\n"
    assert not Path("was_run").exists()


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("by: 2.0", "bye: 2.0", "`Scale` has no option `bye`"),
        (", by: 2.0", "", "`scale` does not say `by`, which `Scale` needs"),
        ("Scale", "Scael", "there is no layer `Scael`"),
        ("python: own.py", "python: ../own.py", "`../own.py` is not in the spec's own folder"),
        ("python: own.py", "python: other.py", "cannot read `other.py`: there is no such file"),
    ],
)
def test_mistakes_are_found_without_running_it(before: str, after: str, message: str) -> None:
    Path("own.yaml").write_text(SPEC.lstrip().replace(before, after))
    ended = run("validate", "own.yaml")
    assert (ended.code, message in ended.err) == (2, True)
    assert not Path("was_run").exists()


def test_code_that_is_no_python_is_told_at_its_line() -> None:
    Path("own.py").write_text("class A:\n    def f(self:\n")
    ended = run("validate", "own.yaml")
    assert ended.code == 2
    assert " --> own.py:2:10\n" in ended.err


@pytest.mark.parametrize(
    "arguments", [["train", "own.yaml"], ["train", "--smoke", "own.yaml"], ["summary", "own.yaml"]]
)
def test_running_it_needs_leave(arguments: list[str]) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    assert "error[NT702]" in ended.err
    assert "--allow-code" in ended.err
    assert not Path("was_run").exists()
    assert not Path("runs").exists()


@pytest.mark.keras
def test_with_leave_it_trains_is_kept_and_evaluates_again(monkeypatch: pytest.MonkeyPatch) -> None:
    blank_pictures(monkeypatch)
    assert run("train", "own.yaml", "--allow-code", "--quiet").code == 0
    assert Path("runs/own/latest/own.py").read_text() == CODE
    assert run("evaluate", "own").code == 2
    assert run("evaluate", "own", "--allow-code").code == 0
    assert "Scale       (64,)" in run("summary", "own.yaml", "--allow-code").out


@pytest.mark.keras
def test_when_it_fails_its_file_and_line_are_named() -> None:
    Path("own.py").write_text(
        "import keras\nraise RuntimeError('no')\nclass Scale(keras.layers.Layer): pass\n"
    )
    ended = run("train", "own.yaml", "--allow-code")
    assert (ended.code, ended.err) == (
        1,
        "error: the spec's own code failed (own.py, line 2): RuntimeError: no\n",
    )
    Path("own.py").write_text(CODE.replace("inputs * self.by", "inputs * self.buy"))
    ended = run("train", "own.yaml", "--allow-code")
    assert ended.code == 1
    assert "the spec's own code failed (own.py, line 14): AttributeError:" in ended.err
    assert "Traceback" not in ended.err
