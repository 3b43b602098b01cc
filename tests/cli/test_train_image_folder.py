"""`nettool train` on a folder of images: a run from end to end, and an image that cannot be read."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from blank_pictures import blank_pictures
from command_line import run
from PIL import Image

pytestmark = pytest.mark.keras

SPEC = """
name: lights
data: {folder: lights, resize: [8, 8]}
inputs: {image: [8, 8, 3]}
nodes:
  mean: {layer: GlobalAveragePooling2D}
  label: {layer: Dense, units: 2, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
train: {batch_size: 8, epochs: 2, validation_split: 0.2}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    blank_pictures(monkeypatch)
    Path("lights.yaml").write_text(SPEC.lstrip())
    random = np.random.default_rng(0)
    for number in range(40):
        path = Path("lights", ("bright", "dark")[number % 2], f"{number}.jpg")
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(random.integers(0, 256, (10 + number % 3, 12, 3), dtype=np.uint8)).save(path)
    return tmp_path / "lights"


def test_a_folder_of_images_is_trained_on_and_recorded(folder: Path) -> None:
    ended = run("train", "lights.yaml")
    assert (ended.code, ended.err) == (0, "")
    assert "samples: 26 train, 6 validation, 8 test" in ended.out
    (used,) = json.loads(Path("runs/lights/latest/run.json").read_text())["data_files"]
    assert (used["name"], used["state"]) == (folder.name, "own")
    evaluated = run("evaluate", "lights")
    assert evaluated.code == 0
    assert evaluated.err.startswith("note: lights has no test set: 8 samples (20%, ")


def test_a_damaged_image_ends_the_run_with_its_name_and_no_traceback(folder: Path) -> None:
    for path in folder.glob("dark/*.jpg"):
        path.write_bytes(path.read_bytes()[:-60])
    program = [sys.executable, "-m", "nettool", "train", "lights.yaml"]
    # TensorFlow, once it is imported by another test, sets its own level.
    environment = {name: value for name, value in os.environ.items() if name != "TF_CPP_MIN_LOG_LEVEL"}
    ended = subprocess.run(program, capture_output=True, text=True, check=False, env=environment)
    assert ended.returncode == 4
    assert len(ended.stderr.splitlines()) == 1
    line = ended.stderr
    assert line.startswith(f"error: `{folder / 'dark'}/")
    assert ".jpg` is a damaged image: " in line
    (status,) = Path("runs/lights").glob("2*/status.json")
    assert json.loads(status.read_text())["state"] == "failed"
