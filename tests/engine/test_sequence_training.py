"""Tables and what stands beside images through the whole system: padded, masked, bound, trained."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engine_plans import KeptCheckpoints, ignore

from nettool.data.load import Loaded
from nettool.data.load import load as load_data
from nettool.data.place import Place
from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.trainable_plan import TrainablePlan, trainable

pytestmark = pytest.mark.keras

SEQUENCES = """
inputs: {words: {shape: [null], dtype: int32}}
nodes:
  seen: {layer: Embedding, input_dim: 13, output_dim: 6, mask_zero: true}
  sense: LAYER
  kind: {layer: Dense, units: 2, activation: softmax}
outputs: [kind]
losses: {kind: categorical_crossentropy}
metrics: {kind: accuracy}
train: {optimizer: {optimizer: Adam, learning_rate: 0.02}, batch_size: 16, epochs: EPOCHS, validation_split: 0}
data: DATA
"""
TABLE = "{table: rows.csv, columns: {words: {column: words, as: sequence}, kind: {column: kind, as: label}}}"
ARRAYS = "{arrays: rows.npz, fields: {kind: {classes: [low, high]}}}"
RECURRENT = {
    "LSTM": "{layer: LSTM, units: 5}",
    "GRU": "{layer: GRU, units: 5}",
    "both ways": "{layer: Bidirectional, of: {layer: LSTM, units: 3}}",
    "mean": "{layer: GlobalAveragePooling1D}",
}


@dataclass
class Trained:
    """A spec's plan and data, and its model, which has been trained as the spec says."""

    plan: TrainablePlan
    loaded: Loaded
    model: Any
    losses: list[float]


def read(text: str, folder: Path) -> tuple[TrainablePlan, Loaded]:
    plan, _ = load_source(Source("spec.yaml", text), "spec", folder=folder)
    made = trainable(plan)
    return made, load_data(made.data, Place(), ignore, progress=False)


def trained(text: str, folder: Path) -> Trained:
    from nettool.engine.devices.process_setup import seed_everything
    from nettool.engine.model.build_model import build_model
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.training import train

    plan, loaded = read(text, folder)
    seed_everything(0)
    model = build_model(plan.graph)
    history = train(model, plan, loaded.train, None, ignore, StopSignal(), KeptCheckpoints([]))
    return Trained(plan, loaded, model, [row["loss"] for row in history.rows])


def rows(count: int) -> list[tuple[list[int], str]]:
    """Sequences of 1 to 30 numbers from 1 to 12; `high` if the last is above 6."""
    random = np.random.default_rng(3)
    samples = [random.integers(1, 13, random.integers(1, 31)).tolist() for _ in range(count)]
    return [(sample, "high" if sample[-1] > 6 else "low") for sample in samples]


def write_table(folder: Path, count: int) -> None:
    with (folder / "rows.csv").open("w", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["words", "kind"])
        table.writerows([" ".join(map(str, words)), kind] for words, kind in rows(count))


def write_arrays(folder: Path, count: int) -> None:
    samples = rows(count)
    np.savez(
        folder / "rows.npz",
        words=np.concatenate([words for words, _ in samples]),
        words_lengths=np.array([len(words) for words, _ in samples]),
        kind=np.array([kind for _, kind in samples]),
    )


def sequence_spec(layer: str, epochs: int, data: str = TABLE) -> str:
    return SEQUENCES.replace("LAYER", layer).replace("EPOCHS", str(epochs)).replace("DATA", data)


@pytest.mark.parametrize("layer", RECURRENT.values(), ids=RECURRENT)
def test_an_answer_does_not_depend_on_the_other_sequences_of_its_batch(tmp_path: Path, layer: str) -> None:
    from nettool.engine.devices.without_tracing import without_tracing
    from nettool.engine.evaluate.evaluation import predict

    write_table(tmp_path, 60)
    # The answers are looked at, not the training: one step, which is sooner computed than traced.
    with without_tracing():
        made = trained(sequence_spec(layer, epochs=1).replace("batch_size: 16", "batch_size: 48"), tmp_path)
    part = made.loaded.test
    values = part.columns["words"]
    lengths = [int((values.take(np.array([row])).array() > 0).sum()) for row in range(len(part))]
    assert min(lengths) < 9
    assert max(lengths) > 20
    together = predict(made.model, made.plan, part, batch_size=len(part))["kind"]
    in_threes = predict(made.model, made.plan, part, batch_size=3)["kind"]
    alone = [np.asarray(made.model(values.take(np.array([row])).array()))[0] for row in range(len(part))]
    assert np.ptp(together[:, 0]) > 0.01
    np.testing.assert_allclose(together, alone, rtol=0, atol=1e-6)
    np.testing.assert_allclose(in_threes, alone, rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("write", "data"), [(write_table, TABLE), (write_arrays, ARRAYS)], ids=["table", "arrays"]
)
def test_sequences_of_different_lengths_are_learned(tmp_path: Path, write: Any, data: str) -> None:
    from nettool.engine.evaluate.evaluation import evaluate

    write(tmp_path, 400)
    made = trained(sequence_spec("{layer: LSTM, units: 8}", epochs=12, data=data), tmp_path)
    assert len(made.loaded.test) == 80
    assert made.losses[-1] < 0.2 * made.losses[0]
    assert evaluate(made.model, made.plan, made.loaded.test)["accuracy"] > 0.9


def test_batches_are_as_long_as_their_longest_sequence(tmp_path: Path) -> None:
    from nettool.engine.input.input_pipeline import evaluation_pipeline

    write_table(tmp_path, 60)
    plan, loaded = read(sequence_spec("{layer: GRU, units: 2}", epochs=1), tmp_path)
    part = loaded.train
    words = [sample for sample, _ in rows(60)]
    kept = [words[row] for row in part.columns["words"].rows]  # type: ignore[union-attr]
    for first, (x, _) in zip(range(0, 48, 7), evaluation_pipeline(plan, part, 7).dataset, strict=True):
        batch = kept[first : first + 7]
        longest = max(map(len, batch))
        assert x.numpy().tolist() == [sample + [0] * (longest - len(sample)) for sample in batch]


def test_a_number_is_learned_from_others(tmp_path: Path) -> None:
    """Ordinary least squares on the same rows is the truth that gradient descent must come to."""
    random = np.random.default_rng(1)
    area, age = random.uniform(40, 200, 150), random.uniform(0, 90, 150)
    price = 3 * area - 2 * age + 10 + random.normal(0, 5, 150)
    with (tmp_path / "houses.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows([("area", "age", "price"), *zip(area, age, price, strict=True)])
    made = trained(
        "inputs: {house: [2]}\n"
        "nodes: {price: {layer: Dense, units: 1}}\n"
        "outputs: [price]\n"
        "losses: {price: mean_squared_error}\n"
        "train: {optimizer: {optimizer: SGD, learning_rate: 0.1}, batch_size: 120, epochs: 80, validation_split: 0}\n"
        "data: {table: houses.csv, columns: {house: [area, age], price: price}, normalize: {house: standard}}\n",
        tmp_path,
    )
    train = made.loaded.train
    chosen = train.columns["price"].rows
    design = np.stack([area, age, np.ones(150)], axis=1)[chosen]
    _, residual, *_ = np.linalg.lstsq(design, price[chosen], rcond=None)
    assert made.losses[-1] == pytest.approx(residual[0] / len(train), rel=1e-3)


def test_an_image_and_numbers_feed_two_inputs(tmp_path: Path) -> None:
    from nettool.engine.input.input_pipeline import evaluation_pipeline

    random = np.random.default_rng(2)
    image = random.integers(0, 256, (30, 6, 6, 1), dtype=np.uint8)
    numbers = random.normal(size=(30, 3)).astype(np.float32)
    price = (image.mean(axis=(1, 2)) / 255 + numbers[:, :1]).astype(np.float32)
    np.savez(tmp_path / "both.npz", image=image, numbers=numbers, price=price)
    made = trained(
        "inputs: {image: [6, 6, 1], numbers: [3]}\n"
        "nodes:\n  flat: {layer: Flatten, from: image}\n"
        "  both: {layer: Concatenate, from: [flat, numbers]}\n"
        "  price: {layer: Dense, units: 1}\n"
        "outputs: [price]\n"
        "losses: {price: mean_squared_error}\n"
        "train: {optimizer: SGD, batch_size: 6, epochs: 8, validation_split: 0}\n"
        "data: {arrays: both.npz}\n",
        tmp_path,
    )
    assert made.losses[-1] < 0.5 * made.losses[0]
    ((inputs, target),) = evaluation_pipeline(made.plan, made.loaded.test, 6).dataset
    chosen = made.loaded.test.columns["image"].rows
    np.testing.assert_allclose(inputs[0], image[chosen] / np.float32(255), rtol=1e-6)
    np.testing.assert_array_equal(inputs[1], numbers[chosen])
    np.testing.assert_array_equal(target, price[chosen])
