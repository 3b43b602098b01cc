"""Networks that are built for batches of one size, on parts of the data that do not fill one."""

import json
from pathlib import Path

import pytest
from blank_pictures import blank_pictures
from command_line import run

pytestmark = pytest.mark.keras

SPEC = """
name: small
data: {dataset: digits, limit: LIMIT}
inputs: {image: {shape: [64], batch_size: 32}}
nodes:
  digit: {layer: Dense, units: 10, activation: softmax}
outputs: [digit]
losses: {digit: categorical_crossentropy}
metrics: {digit: accuracy}
train: {epochs: 1, batch_size: 32, validation_split: 0.1}
"""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blank_pictures(monkeypatch)


def train(limit: int) -> tuple[int, str, str]:
    Path("small.yaml").write_text(SPEC.replace("LIMIT", str(limit)).lstrip())
    ended = run("train", "small.yaml")
    return ended.code, ended.out, ended.err


def test_a_validation_part_below_one_batch_is_left_out_and_it_is_said() -> None:
    code, out, err = train(100)
    assert (code, err) == (0, "")
    assert out.splitlines()[1] == (
        "note: the validation set has 10 samples, not enough for one batch of the 32 that the network is built "
        "for: nothing is measured on it"
    )
    results = json.loads(Path("runs/small/latest/results.json").read_text())
    assert (results["best"]["by"], list(results["test"])) == ("loss", ["loss", "accuracy"])


def test_samples_that_do_not_fill_a_batch_are_counted_as_left_out() -> None:
    code, out, err = train(400)
    assert (code, err) == (0, "")
    assert "note: 3 of the 355 samples of the test set are left out (the last ones)" in out
    assert "note: 8 of the 360 samples of the training set are left out (others in each epoch)" in out
    assert "note: 8 of the 40 samples of the validation set are left out (the last ones)" in out
    assert "test (352 of 355 samples)  loss" in out
    evaluated = run("evaluate", "small", "--json")
    facts = json.loads(evaluated.out)
    assert (facts["samples"], facts["left_out"]) == (352, 3)
    assert "note: 3 of the 355 samples" in evaluated.err
    assert run("evaluate", "small").out.startswith("test (352 of 355 samples)  loss")


def test_a_test_part_below_one_batch_is_left_out_and_a_training_part_is_refused() -> None:
    random = "{random: {image: {shape: [64]}, label: {classes: 10}}, samples: 100, test_split: 0.1}"
    Path("small.yaml").write_text(SPEC.replace("{dataset: digits, limit: LIMIT}", random).lstrip())
    ended = run("train", "small.yaml", "--set", "train.validation_split=0.5", "--quiet")
    assert (ended.code, ended.out) == (0, "")
    assert "note: the test set has 10 samples, not enough for one batch of the 32" in ended.err
    assert json.loads(Path("runs/small/latest/results.json").read_text())["test"] == {}
    evaluated = run("evaluate", "small")
    assert (evaluated.code, "error: the test set has 10 samples, not enough" in evaluated.err) == (4, True)
    code, out, err = train(20)
    assert (code, out) == (4, "")
    assert err == (
        "error: the training set has 18 samples, not enough for one batch of the 32 that the network is built for\n"
        "  give the input a smaller `batch_size`\n"
    )
    assert len(list(Path("runs/small").glob("2*"))) == 1
