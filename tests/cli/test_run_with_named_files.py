"""A run whose spec names a file: every later command works without that file, and knows when it changed."""

import json
from pathlib import Path

import numpy as np
import pytest
from blank_pictures import blank_pictures
from command_line import run

pytestmark = pytest.mark.keras

SPEC = """
name: lookup
data: {random: {x: {shape: [3], highest: 9, dtype: int32}, y: {shape: [1]}}, samples: 40}
inputs: {x: {shape: [3], dtype: int32}}
nodes:
  number: {layer: IntegerLookup, vocabulary: words/numbers.txt}
  e: {layer: Embedding, input_dim: 8, output_dim: 2}
  f: {layer: Flatten}
  d: {layer: Dense, units: 1}
outputs: [d]
losses: {d: mean_squared_error}
train: {epochs: 1, batch_size: 8}
views: {numbers: {inputs: [x], outputs: [number]}}
"""


def test_a_run_keeps_its_vocabulary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blank_pictures(monkeypatch)
    (tmp_path / "specs" / "words").mkdir(parents=True)
    vocabulary = tmp_path / "specs" / "words" / "numbers.txt"
    vocabulary.write_text("7\n1\n5\n")
    (tmp_path / "specs" / "lookup.yaml").write_text(SPEC)
    assert run("train", "specs/lookup.yaml", "--quiet").code == 0
    vocabulary.unlink()

    folder = tmp_path / "runs" / "lookup" / "latest"
    (file,) = json.loads((folder / "run.json").read_text())["data_files"]
    assert (file["name"], file["state"]) == ("numbers.txt", "own")
    kept = folder / "words" / "numbers.txt"
    assert kept.read_text() == "7\n1\n5\n"
    for command in ("evaluate", "summary", "plot", "reproduce --no-keep"):
        ended = run(*command.split(), "lookup")
        assert (command, ended.code) == (command, 0), ended.err

    np.savez(tmp_path / "given.npz", x=np.array([[7, 1, 5], [2, 5, 7]], np.int32))
    given = run("predict", "lookup", "given.npz", "--node", "number", "-o", "out.npz")
    assert given.code == 0, given.err
    # Keras's rule: 0 is for what is not in the vocabulary, then its lines in their order.
    found = np.load(tmp_path / "out.npz")["number"]
    assert found.tolist() == [[1, 2, 3], [0, 3, 1]]

    kept.write_text("1\n7\n5\n")
    ended = run("train", "--resume", "lookup", "--epochs", "2")
    assert (ended.code, "numbers.txt differs (by its checksum)" in ended.err) == (1, True)
    kept.write_text("7\n1\n5\n")
    assert run("train", "--resume", "lookup", "--epochs", "2", "--quiet").code == 0
