"""On a terminal nothing is silent: before what takes a moment a word says what it is, and it is gone afterwards."""

import contextlib
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from command_line import run

CONFIGS = Path(__file__).parents[2] / "configs"
OLD_RUNS = Path(__file__).parents[1] / "old_runs"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def words(*arguments: str) -> list[str]:
    """What the command says of its waiting, in order. Each word is wiped out."""
    from nettool.cli.main import cli
    from nettool.cli.output.error_handler import guarded

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(Terminal()) as shown:
        code = guarded(lambda: cli.main(list(arguments), prog_name="nettool", standalone_mode=False))
    assert code == 0, shown.getvalue()
    said = re.findall(r"(?:^|\x1b\[K|\n|\r)([^\r\n\x1b]+) …", shown.getvalue())
    assert shown.getvalue().count("\r\x1b[K") >= len(said)
    return said


@pytest.mark.parametrize(
    "arguments",
    [
        ["-o", "net.svg"],
        ["-o", "net.html"],
        ["--style", "volumes", "-o", "net.svg"],
        ["--diff", str(CONFIGS / "lenet5.yaml"), "-o", "net.svg"],
    ],
    ids=" ".join,
)
def test_plot(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert words("plot", str(CONFIGS / "lenet.yaml"), *arguments) == ["drawing the network"]


def test_data_preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert words("data", "preview", str(CONFIGS / "iris.yaml")) == ["loading the data", "drawing the data"]


def test_nothing_is_said_in_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("plot", str(CONFIGS / "lenet.yaml")).err == ""


def test_train_says_its_first_word_before_it_loads_what_reads_specs() -> None:
    program = (
        "import sys, nettool.cli.training.train\n"
        "sys.exit(sorted({'yaml', 'nettool.graph.plan', 'nettool.spec.document'} & sys.modules.keys()) or None)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")


TENSORFLOW, DATA, NETWORK = "starting TensorFlow", "loading the data", "building the network"
ASKED = {
    ("evaluate", "old"): [TENSORFLOW, DATA, "measuring test"],
    ("predict", "old", "sample.npy"): [TENSORFLOW, NETWORK],
    ("inspect", "old", "mistakes"): [TENSORFLOW, DATA, NETWORK, "asking the network", "drawing"],
    ("train", "--smoke", "spec.yaml"): ["checking 1 spec", TENSORFLOW, "trying spec.yaml"],
}


@pytest.mark.keras
@pytest.mark.parametrize(("arguments", "expected"), ASKED.items(), ids=str)
def test_what_starts_tensorflow(
    arguments: tuple[str, ...], expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished = OLD_RUNS / "0.1.0-last" / "finished"
    shutil.copytree(finished, tmp_path / "runs" / "old" / "20261129-031332")
    shutil.copy(finished / "resolved.yaml", tmp_path / "spec.yaml")
    monkeypatch.chdir(tmp_path)
    np.save("sample.npy", np.zeros((1, 8, 8), np.uint8))
    assert words(*arguments) == expected
