import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nettool.data.failure import DataError, DataMissing
from nettool.data.images.image_files import ImageFiles
from nettool.data.place import Place
from nettool.front_end import load
from nettool.graph.trainable_plan import TrainablePlan, trainable
from nettool.jobs.run import early_data
from nettool.jobs.run.early_data import EarlyData, load_for_training

SPEC = """
data: {arrays: shapes.npz}
inputs: {image: [8, 8, 1]}
nodes:
  flat: {layer: Flatten}
  label: {layer: Dense, units: 3, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
train: {epochs: 1, validation_split: 0.5}
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrainablePlan:
    monkeypatch.chdir(tmp_path)
    images, labels = np.zeros((12, 8, 8, 1), np.uint8), np.arange(12) % 3
    np.savez(tmp_path / "shapes.npz", x_train=images, y_train=labels, x_test=images, y_test=labels)
    (tmp_path / "shapes.yaml").write_text(SPEC)
    return trainable(load(tmp_path / "shapes.yaml")[0])


def test_the_data_are_those_that_loading_gives(plan: TrainablePlan) -> None:
    early, expected = EarlyData(plan, Place()).loaded(), load_for_training(plan, Place(), progress=False)
    assert early is not None
    for ours, theirs in zip(
        (early.train, early.validation, early.test),
        (expected.train, expected.validation, expected.test),
        strict=True,
    ):
        assert len(ours) == len(theirs) > 0
        for name, column in theirs.columns.items():
            np.testing.assert_array_equal(ours.columns[name].array(), column.array())
    assert (early.notes, early.files) == (expected.notes, expected.files)


def test_what_is_wrong_with_them_is_told_when_they_are_asked_for(plan: TrainablePlan) -> None:
    Path("shapes.npz").write_bytes(b"no archive")
    early = EarlyData(plan, Place())
    with pytest.raises(DataError, match=r"shapes\.npz"):
        early.loaded()


@pytest.mark.parametrize("offline", [True, False])
def test_nothing_is_downloaded_early(
    plan: TrainablePlan, monkeypatch: pytest.MonkeyPatch, offline: bool
) -> None:
    asked = []

    def missing(plan: TrainablePlan, place: Place, *, progress: bool) -> None:
        asked.append((place, progress))
        raise DataMissing("the files are not on this machine")

    monkeypatch.setattr(early_data, "load_for_training", missing)
    early = EarlyData(plan, Place(Path("here"), offline))
    if offline:
        with pytest.raises(DataMissing):
            early.loaded()
    else:
        assert early.loaded() is None
    assert asked == [(Place(Path("here"), offline=True), False)]


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many images of each column were told that they will be asked for."""
    found: list[int] = []

    def noted(files: ImageFiles, rows: np.ndarray | None) -> None:
        found.append(len(files) if rows is None else len(rows))

    monkeypatch.setattr(ImageFiles, "prepare", noted)
    return found


@pytest.fixture
def folder_plan(tmp_path: Path) -> TrainablePlan:
    for number in range(36):
        path = tmp_path / "pets" / f"class_{number % 3}" / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((8, 8), number, np.uint8)).save(path)
    (tmp_path / "pets.yaml").write_text(
        SPEC.replace("{arrays: shapes.npz}", "{folder: pets, test_split: 0.25}")
    )
    return trainable(load(tmp_path / "pets.yaml")[0])


def test_images_that_will_be_trained_on_are_decoded_at_once(
    folder_plan: TrainablePlan, prepared: list[int]
) -> None:
    loaded = EarlyData(folder_plan, Place()).loaded()
    assert loaded is not None
    assert len(loaded.test) == 9
    assert prepared == [len(loaded.train), len(loaded.validation)] == [13, 14]


def test_images_that_will_not_be_trained_on_are_not(folder_plan: TrainablePlan, prepared: list[int]) -> None:
    few = replace(folder_plan, training=replace(folder_plan.training, overfit=4))
    assert EarlyData(few, Place()).loaded() is not None
    assert EarlyData(folder_plan, Place(), will_be_used=False).loaded() is not None
    assert prepared == []


ORDER = """
import sys
import threading

from nettool.jobs.run import early_data

begun, started = threading.Event(), threading.Event()
load = early_data.load_for_training

def loading(*arguments, **options):
    print("loading begins, TensorFlow loaded: " + str("tensorflow" in sys.modules))
    begun.set()
    assert started.wait(60)
    return load(*arguments, **options)

def starting(*arguments):
    assert begun.wait(60)
    print("starting")
    started.set()
    raise SystemExit(9)

early_data.load_for_training = loading
import nettool.jobs.preflight
nettool.jobs.preflight.start = starting
from nettool.cli.main import main
sys.argv = ["nettool", "train", "shapes.yaml"]
main()
"""


def test_the_data_are_being_loaded_while_the_engine_starts(plan: TrainablePlan) -> None:
    done = subprocess.run([sys.executable, "-c", ORDER], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (9, "loading begins, TensorFlow loaded: False\nstarting\n")
    assert not Path("runs").exists()
