"""Images from a folder through the engine's feed, in training, and when one of them cannot be read."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engine_plans import KeptCheckpoints, ignore
from PIL import Image

from nettool.data.failure import DataError
from nettool.data.images.image_files import ImageFiles
from nettool.data.load import Loaded
from nettool.data.load import load as load_data
from nettool.data.place import Place
from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.trainable_plan import TrainablePlan, trainable

pytestmark = pytest.mark.keras

SPEC = """
data: {folder: lights, resize: [8, 8]}
inputs: {image: [8, 8, 3]}
nodes:
  mean: {layer: GlobalAveragePooling2D}
  label: {layer: Dense, units: 2, activation: softmax}
outputs: [label]
losses: {label: categorical_crossentropy}
metrics: {label: accuracy}
train: {optimizer: {optimizer: Adam, learning_rate: 0.1}, batch_size: 8, epochs: 20, validation_split: 0.2, seed: 3}
"""


def lights(folder: Path, count: int = 30) -> Path:
    """Dark and bright pictures of several sizes, as JPEG and PNG files."""
    random = np.random.default_rng(0)
    for number in range(2 * count):
        name = ("bright", "dark")[number % 2]
        path = folder / "lights" / name / f"{number}.{('jpg', 'png')[number // 2 % 2]}"
        path.parent.mkdir(parents=True, exist_ok=True)
        size = (10 + number % 3, 12, 3)
        values = random.integers(0, 100, size, dtype=np.uint8) + np.uint8(120 * (name == "bright"))
        Image.fromarray(values).save(path)
    return folder


def made(folder: Path) -> tuple[TrainablePlan, Loaded]:
    plan, warnings = load_source(Source("spec.yaml", SPEC), "spec", folder=folder)
    assert warnings == ()
    made = trainable(plan)
    return made, load_data(
        made.data, Place(), lambda _: None, progress=False, validation_split=made.training.validation_split
    )


def batches(
    plan: TrainablePlan, loaded: Loaded, seed: int, epochs: int
) -> list[tuple[np.ndarray, np.ndarray]]:
    from nettool.engine.input.epoch_order import EpochOrder
    from nettool.engine.input.input_pipeline import training_pipeline

    order = EpochOrder(seed, len(loaded.train))
    dataset = training_pipeline(plan, loaded.train, 8, order).dataset
    found = []
    for epoch in range(epochs):
        order.begin(epoch)
        found += list(dataset.as_numpy_iterator())
    return found


def train(plan: TrainablePlan, loaded: Loaded) -> tuple[Any, Any]:
    from nettool.engine.devices.process_setup import seed_everything
    from nettool.engine.model.build_model import build_model
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.training import train

    seed_everything(3)
    model = build_model(plan.graph)
    return model, train(
        model, plan, loaded.train, loaded.validation, ignore, StopSignal(), KeptCheckpoints([])
    )


def test_batches_are_the_columns_values_in_the_epoch_s_order(tmp_path: Path) -> None:
    from nettool.engine.input.epoch_order import epoch_order

    plan, loaded = made(lights(tmp_path))
    rows = epoch_order(5, 0, len(loaded.train))
    x, y = (np.concatenate(values) for values in zip(*batches(plan, loaded, 5, 1), strict=True))
    part = loaded.train.take(rows)
    np.testing.assert_array_equal(x, part.columns["image"].array().astype(np.float32) / 255)
    np.testing.assert_array_equal(y.argmax(axis=1), part.columns["label"].array())


def test_equal_seeds_give_equal_batches_whether_images_are_kept_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lights(tmp_path)
    kept = batches(*made(tmp_path), seed=5, epochs=3)
    again = batches(*made(tmp_path), seed=5, epochs=3)
    monkeypatch.setattr("nettool.data.images.kept_images.available_memory", lambda: 0)
    read_anew = batches(*made(tmp_path), seed=5, epochs=3)
    others = batches(*made(tmp_path), seed=6, epochs=1)
    for other in (again, read_anew):
        assert [(x.tobytes(), y.tobytes()) for x, y in kept] == [(x.tobytes(), y.tobytes()) for x, y in other]
    assert kept[0][0].tobytes() != others[0][0].tobytes()
    assert kept[0][0].tobytes() != kept[len(kept) // 3][0].tobytes()


def test_a_network_learns_from_a_folder_and_is_measured_on_it(tmp_path: Path) -> None:
    from nettool.engine.evaluate.evaluation import evaluate, predict

    plan, loaded = made(lights(tmp_path))
    model, history = train(plan, loaded)
    assert history.rows[-1]["val_accuracy"] == 1
    assert evaluate(model, plan, loaded.test)["accuracy"] == 1
    answers = predict(model, plan, loaded.test)["label"]
    np.testing.assert_array_equal(answers.argmax(axis=1), loaded.test.columns["label"].array())


def spoil(loaded: Loaded, part: str) -> str:
    column = getattr(loaded, part).columns["image"]
    assert isinstance(column.values, ImageFiles)
    path = column.values.paths[column.rows[0]]
    Path(path).write_bytes(Path(path).read_bytes()[:200])
    return str(path)


@pytest.mark.parametrize("part", ["train", "validation"])
def test_an_image_that_cannot_be_read_ends_a_training_in_its_own_words(tmp_path: Path, part: str) -> None:
    plan, loaded = made(lights(tmp_path))
    path = spoil(loaded, part)
    with pytest.raises(DataError) as raised:
        train(plan, loaded)
    assert raised.value.message.startswith(f"`{path}` is a damaged image: ")


def test_an_image_that_cannot_be_read_ends_measuring_and_answering_in_its_own_words(tmp_path: Path) -> None:
    from nettool.engine.evaluate.evaluation import evaluate, predict
    from nettool.engine.model.build_model import build_model

    plan, loaded = made(lights(tmp_path))
    path = spoil(loaded, "test")
    model = build_model(plan.graph)
    for measure in (evaluate, predict):
        with pytest.raises(DataError) as raised:
            measure(model, plan, loaded.test)
        assert raised.value.message.startswith(f"`{path}` is a damaged image: ")


def test_other_errors_of_tensorflow_stay_what_they_are() -> None:
    import tensorflow as tf

    from nettool.engine.input.unread_samples import noted_errors_raised

    with pytest.raises(tf.errors.InvalidArgumentError, match="something else"), noted_errors_raised():
        raise tf.errors.InvalidArgumentError(None, None, "something else")
