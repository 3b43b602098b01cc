"""The files for TensorBoard, read by TensorBoard's own reader where it is installed (nettool does not need it)."""

import json
from pathlib import Path

import pytest
from blank_pictures import blank_pictures
from command_line import run

pytestmark = pytest.mark.keras

SPEC = """
name: small
data: {dataset: digits, limit: 60}
inputs: {image: [64]}
nodes: {digit: {layer: Dense, units: 10, activation: softmax}}
outputs: [digit]
losses: {digit: categorical_crossentropy}
train: {epochs: 2, validation_split: 0.2, tensorboard: true, optimizer: adam}
"""


def test_tensorboard_reads_every_epoch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    from tensorboard.util.tensor_util import make_ndarray

    monkeypatch.chdir(tmp_path)
    blank_pictures(monkeypatch)
    Path("small.yaml").write_text(SPEC)
    assert run("train", "small.yaml", "--quiet").code == 0
    final = json.loads(Path("runs/small/latest/results.json").read_text())["final"]
    for part, figure in (("train", "loss"), ("validation", "val_loss")):
        events = reader.EventAccumulator(f"runs/small/latest/tensorboard/{part}")
        events.Reload()
        assert events.SummaryMetadata("epoch_loss").plugin_data.plugin_name == "scalars"
        found = events.Tensors("epoch_loss")
        assert [event.step for event in found] == [1, 2]
        assert float(make_ndarray(found[-1].tensor_proto)) == pytest.approx(final[figure])
