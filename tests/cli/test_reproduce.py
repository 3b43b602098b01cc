"""`nettool reproduce`: the same again, and what is told when it is not."""

import json
from pathlib import Path

import numpy as np
import pytest
from blank_pictures import blank_pictures
from checked_events import check_event
from command_line import run

pytestmark = pytest.mark.keras

SPEC = """
name: small
data: {dataset: digits, limit: 64}
inputs: {image: [64]}
nodes:
  drop: {layer: Dropout, rate: 0.1}
  digit: {layer: Dense, units: 10, activation: softmax}
outputs: [digit]
losses: {digit: categorical_crossentropy}
metrics: {digit: accuracy}
train: {epochs: 2, batch_size: 32, validation_split: 0.25, seed: 3}
"""


def test_a_run_is_repeated_from_its_directory_and_what_differs_first_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    blank_pictures(monkeypatch)
    Path("small.yaml").write_text(SPEC.lstrip())
    assert run("train", "small.yaml", "--quiet").code == 0
    Path("small.yaml").unlink()
    original = Path("runs/small/latest").resolve()
    ended = run("reproduce", str(original), "--quiet")
    assert (ended.code, ended.out, ended.err) == (
        0,
        "identical: spec, data, 2 epochs, 2 test results, 3 arrays of weights\n",
        "",
    )
    assert Path("runs/small/latest").resolve() != original

    metrics = original / "metrics.csv"
    text = metrics.read_text()
    header, first, second = text.splitlines()
    cells = second.split(",")
    metrics.write_text("\n".join((header, first, ",".join((cells[0], "0.5", *cells[2:])))) + "\n")
    ended = run("reproduce", str(original), "--no-keep", "--json")
    verdict = json.loads(ended.out.splitlines()[-1])
    check_event(verdict)
    assert (ended.code, verdict) == (
        1,
        {
            "event": "compared",
            "version": 1,
            "equal": ["spec", "data"],
            "difference": f"epoch 2: loss is 0.5 in the run and {cells[1]} in its repetition",
            "notes": [],
        },
    )
    assert len(list(Path("runs/small").glob("2*"))) == 2

    metrics.write_text("\n".join((header, "1,x\n")))
    ended = run("reproduce", str(original))
    assert (ended.code, ended.out) == (2, ""), "damage is known before anything is trained"
    assert "metrics.csv is damaged: line 2 must have" in ended.err

    status = original / "status.json"
    status.write_text(status.read_text().replace("finished", "interrupted"))
    ended = run("reproduce", str(original))
    assert (ended.code, "is not finished" in ended.err) == (2, True)


def test_data_that_are_not_those_of_the_run_are_named_before_anything_is_trained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pixels, labels = np.arange(48 * 64, dtype=np.uint8).reshape(48, 8, 8), np.arange(48) % 10
    np.savez("small.npz", image=pixels, label=labels)
    arrays = "data: {arrays: small.npz}"
    Path("small.yaml").write_text(SPEC.lstrip().replace("data: {dataset: digits, limit: 64}", arrays))
    assert run("train", "small.yaml", "--quiet", "--epochs", "1").code == 0
    trial = Path("runs/small/latest").resolve()
    np.savez("small.npz", image=pixels[::-1], label=labels)
    ended = run("reproduce", "latest")
    assert (ended.code, ended.out, ended.err) == (
        1,
        "different: the data: small.npz has another checksum (equal: spec)\n",
        f"note: small/{trial.name} is a trial (1 of 2 epochs); there is no other run\n",
    )
    assert len(list(Path("runs/small").glob("2*"))) == 1
