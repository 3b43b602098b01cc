"""Ctrl-C in the first moments, when the command line or the engine is still being loaded."""

import subprocess
import sys
from pathlib import Path

import pytest

LOADING = """
import sys
from importlib.abc import MetaPathFinder

class Interrupted(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == {module!r}:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
sys.argv = ["nettool", "train", "small.yaml"]
from nettool.__main__ import main
main()
"""
SPEC = """
data: digits
inputs: {image: [64]}
nodes: {label: {layer: Dense, units: 10, activation: softmax}}
outputs: [label]
losses: {label: categorical_crossentropy}
train: {epochs: 1}
"""


@pytest.mark.parametrize("module", ["click", "nettool.cli.training.train", "keras", "tensorflow"])
def test_it_ends_with_one_line_and_leaves_nothing(tmp_path: Path, module: str) -> None:
    (tmp_path / "small.yaml").write_text(SPEC)
    done = subprocess.run(
        [sys.executable, "-c", LOADING.format(module=module)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    # The terminal has written ^C into the line.
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "\nerror: interrupted\n")
    assert [path.name for path in tmp_path.iterdir()] == ["small.yaml"]
