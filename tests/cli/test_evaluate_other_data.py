"""A trained model on data that it was not trained with: treated as its own data were."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from blank_pictures import blank_pictures
from command_line import Ended, run

pytestmark = pytest.mark.keras

SPEC = """
name: small
data: {arrays: own.npz, normalize: standard, test_split: 0.25, fields: {y: {classes: [low, high]}}}
inputs: {x: [6, 6, 1]}
nodes:
  flat: {layer: Flatten}
  y: {layer: Dense, units: 2, activation: softmax}
outputs: [y]
losses: {y: sparse_categorical_crossentropy}
metrics: {y: accuracy}
train: {optimizer: {optimizer: Adam, learning_rate: 0.01}, epochs: 2, batch_size: 16, validation_split: 0.5}
"""


def images(samples: int, lowest: int, seed: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    labels = random.integers(0, 2, samples)
    pixels = random.integers(lowest, lowest + 100, (samples, 6, 6, 1)) + 60 * labels[:, None, None, None]
    return {"x": pixels.astype(np.uint8), "y": labels}


def parts(own: dict[str, np.ndarray], test: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    found = {f"{name}_train": values for name, values in own.items()}
    return found | {f"{name}_test": values for name, values in test.items()}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data, the spec and its run."""
    folder = tmp_path_factory.mktemp("once")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        blank_pictures(patch)
        Path("small.yaml").write_text(SPEC.lstrip())
        np.savez("own.npz", **parts(images(80, 0, 0), images(40, 0, 1)))
        np.savez("other.npz", **parts(images(10, 90, 2), images(50, 90, 3)))
        assert run("train", "small.yaml", "--quiet") == Ended(0, "", "")
    return folder


@pytest.fixture
def trained(once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The run in the folder of its spec, which a test may change: afterwards all is as it was."""
    kept = shutil.copytree(once, tmp_path / "kept", symlinks=True)
    monkeypatch.chdir(once)
    yield Path("runs/small/latest").resolve()
    monkeypatch.chdir(tmp_path)
    shutil.rmtree(once)
    shutil.copytree(kept, once, symlinks=True)


def figures(*arguments: str) -> dict[str, float]:
    ended = run("evaluate", "small", "--json", *arguments)
    assert ended.code == 0, ended.err
    found: dict[str, float] = json.loads(ended.out)["figures"]
    return found


def test_the_run_s_own_test_part_gives_the_figures_of_the_training_again(trained: Path) -> None:
    assert figures() == json.loads((trained / "results.json").read_text())["test"]


def test_other_files_are_normalized_with_the_run_s_mean_not_their_own(trained: Path) -> None:
    import keras

    scale = json.loads((trained / "preparation.json").read_text())["scales"]["x"]
    assert 60 < scale["shift"][0] < 100
    test = images(50, 90, 3)
    x = (test["x"].astype(np.float32) - np.float32(scale["shift"][0])) / np.float32(scale["divisor"][0])
    model = keras.models.load_model(trained / "checkpoints/last/model.keras")
    loss, accuracy = model.evaluate(x, test["y"], verbose=0)
    found = figures("--set", "data.arrays=other.npz")
    assert found == pytest.approx({"loss": loss, "accuracy": accuracy}, rel=1e-5)


def test_other_data_without_a_test_part_are_measured_as_a_whole(trained: Path) -> None:
    np.savez("more.npz", **images(70, 0, 5))
    ended = run("evaluate", "small", "--set", "data.arrays=more.npz")
    assert ended.err == "note: more.npz has no test set: all 70 samples are measured\n"
    assert ended.out.startswith("test (70 samples)  loss ")


def test_the_parts_of_the_run_s_own_data_are_those_of_the_training(trained: Path) -> None:
    last = (trained / "metrics.csv").read_text().splitlines()
    row = dict(zip(last[0].split(","), map(float, last[-1].split(",")), strict=True))
    expected = {"loss": row["val_loss"], "accuracy": row["val_accuracy"]}
    assert figures("--part", "validation") == expected
    assert run("evaluate", "small", "--part", "train").out.startswith("train (40 samples)  loss ")


def test_images_of_fractions_measure_as_the_same_images_in_bytes(trained: Path) -> None:
    test = images(40, 0, 1)
    fractions = {"x": (test["x"] / 255).astype(np.float32), "y": test["y"]}
    np.savez("fractions.npz", **parts(fractions, fractions))
    changes = ("--set", "data.arrays=fractions.npz", "--set", "data.fields.x={kind: image}")
    assert figures(*changes) == pytest.approx(figures(), rel=1e-4)


def test_classes_in_another_order_are_known_by_their_names(trained: Path) -> None:
    test = images(40, 0, 1)
    turned = {"x": test["x"], "y": 1 - test["y"]}
    np.savez("turned.npz", **parts(turned, turned))
    changes = ("--set", "data.arrays=turned.npz", "--set", "data.fields.y.classes=[high, low]")
    assert figures(*changes) == figures()


def test_the_models_of_a_run_say_what_to_do_with_data(trained: Path) -> None:
    from nettool.record.files.preparation_file import preparation_of, read_preparation
    from nettool.record.run_directory import RunDirectory

    expected = read_preparation(RunDirectory(trained))
    assert expected is not None
    for checkpoint in ("last", "best"):
        assert preparation_of(trained / "checkpoints" / checkpoint / "model.keras") == expected


def test_only_the_data_can_be_changed(trained: Path) -> None:
    ended = run("evaluate", "small", "--set", "nodes.y.units=3")
    assert ended.code == 2
    assert "only `data` can be set, not `nodes.y.units`" in ended.err


def test_a_run_that_does_not_say_what_was_done_is_not_guessed_at(trained: Path) -> None:
    (trained / "preparation.json").unlink()
    ended = run("evaluate", "small")
    assert ended.code == 4
    assert "does not say what was done to its data" in ended.err


def test_a_built_in_set_of_other_fields_is_refused_in_plain_words(trained: Path) -> None:
    ended = run("evaluate", "small", "--data", "digits")
    assert ended.code in (2, 4)
    assert "Traceback" not in ended.err


def test_data_that_have_changed_since_the_training_are_told(trained: Path) -> None:
    assert "trained on" not in run("evaluate", "small").err
    own = dict(np.load("own.npz"))
    np.savez("own.npz", **{name: np.concatenate([values, values[:10]]) for name, values in own.items()})
    told = "note: own.npz is not the file that was trained on (its checksum differs)"
    test, train = run("evaluate", "small"), run("evaluate", "small", "--part", "train")
    none = "note: none of the 50 samples in the test set is equal to a training sample"
    assert test.err.splitlines()[-2:] == [told, none]
    assert train.err.splitlines() == [told]
    assert (test.code, train.code) == (0, 0)
    assert "trained on" not in run("evaluate", "small", "--data", "other.npz").err
