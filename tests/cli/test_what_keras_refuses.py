"""Options that only Keras finds wrong: said at their place, before anything is written."""

from pathlib import Path

import pytest
from blank_pictures import blank_pictures
from command_line import run

pytestmark = pytest.mark.keras

SPEC = """
data: {dataset: digits, limit: 64}
inputs: {image: [64]}
nodes: {digit: {layer: Dense, units: 10, activation: softmax}}
outputs: [digit]
losses: {digit: categorical_crossentropy}
"""
METRIC = "metrics: {digit: [{metric: CategoricalHinge}]}\ntrain: {epochs: 1}\n"
WHOLE = "train: {epochs: 1, optimizer: {optimizer: Adadelta, learning_rate: 1}}\n"


@pytest.mark.parametrize("options", [(), ("--smoke",)])
def test_what_keras_refuses_is_said_in_place_and_leaves_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    import keras

    def refuse(*_: object, **__: object) -> None:
        raise ValueError("what only a later Keras knows")

    monkeypatch.setattr(keras.metrics.CategoricalHinge, "__init__", refuse)
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(SPEC.lstrip() + METRIC)
    ended = run("train", "s.yaml", *options)
    assert ended.code != 0
    assert "what only a later Keras knows" in ended.err
    assert "s.yaml:6" in ended.err
    assert "Traceback" not in ended.err
    assert not Path("runs").exists()


def test_a_whole_learning_rate_trains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blank_pictures(monkeypatch)
    Path("s.yaml").write_text(SPEC.lstrip() + WHOLE)
    ended = run("train", "s.yaml")
    assert (ended.code, ended.err) == (0, "")
