"""What a run says first of its numbers and settings: each said where it holds, and only there."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from engine_plans import graph, input_node, loss, node, plan

from nettool.data.column import Column, Part
from nettool.data.field import Field
from nettool.data.request import DataRequest
from nettool.data.scale import AS_STORED, Scale
from nettool.data.sources.arrays.array_files import ArrayFiles
from nettool.graph.bind.binding import Binding, InputBinding, TargetBinding
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.run.notes import data_notes, training_notes
from nettool.spec.train.monitoring import EarlyStopping
from nettool.spec.train.optimizer import Optimizer

COUNT = 40
DRAWS = np.random.default_rng(0)
SMALL = DRAWS.normal(size=(COUNT, 3))


def made(x: np.ndarray, dtype: str = "float32", first: str = "Dense", **training: Any) -> TrainablePlan:
    shape = x.shape[1:]
    network = graph(
        input_node("x", shape, dtype),
        node("a", first, "x"),
        node("price", "Dense", "a", units=1),
        outputs=["price"],
    )
    fields = (Field("x", "vector", shape, x.dtype.name), Field("price", "vector", (1,), "float64"))
    made_plan = plan(
        network,
        losses=[loss("price", "MeanSquaredError")],
        metrics=[],
        binding=Binding(
            fields, (InputBinding("x", "x", shape),), (TargetBinding("price", "price", "value", (1,)),)
        ),
        **training,
    )
    return replace(made_plan, data=DataRequest(ArrayFiles("a.npz", ())))


def notes(
    x: np.ndarray, price: float = 1.0, scales: tuple[Scale, Scale] = (AS_STORED, AS_STORED), **made_of: Any
) -> str:
    columns = {
        "x": Column(x, scale=scales[0]),
        "price": Column(np.linspace(0, price, COUNT).reshape(-1, 1), scale=scales[1]),
    }
    return "\n".join(data_notes(made(x, **made_of), Part(columns)))


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (SMALL, ""),
        (DRAWS.integers(0, 256, (COUNT, 64)), "`x` is not normalized: its numbers reach 255 and go"),
        (DRAWS.integers(0, 256, (COUNT, 64)), "write `normalize: {x: standard}` under `data:`"),
        (
            np.full((COUNT, 8, 8, 3), 65535, np.uint16),
            "`x` (8 × 8 × 3, uint16) looks like images but is read as numbers: its numbers reach 65,535 and go "
            "into the network as they are; write `fields: {x: {kind: image}}` under `data`",
        ),
    ],
)
def test_numbers_that_go_in_as_they_are(x: np.ndarray, said: str) -> None:
    found = notes(x)
    assert said in found
    assert bool(said) == bool(found)
    assert notes(x, scales=(Scale((1.0,), (2.0,)), AS_STORED)) == ""
    assert notes(x, first="Rescaling") == notes(x, first="Embedding") == ""


def test_fractions_that_an_input_of_whole_numbers_cuts_off() -> None:
    x = np.array([[1.0, 2.0, 3.75]] * COUNT)
    assert notes(x, dtype="int32") == (
        "the input `x` of int32 cuts off the fractions of `x` (3.75 becomes 3): write `dtype: float32` at the "
        "input to keep them"
    )
    assert notes(np.trunc(x), dtype="int32") == ""


def test_targets_far_from_zero_and_in_other_units() -> None:
    assert "the target `price` reaches 900,000, which" in notes(SMALL, 900_000.0)
    assert notes(SMALL, 900.0) == ""
    said = notes(SMALL, 900_000.0, (AS_STORED, Scale((1.0,), (82_300.0,))))
    assert said.startswith(
        "`price` is normalized, so its losses and metrics count in units of 82,300, as does"
    )


@pytest.mark.parametrize(
    ("together", "samples", "said"),
    [
        (16, 7, "but the training has 7 batches: no weight will ever change; write at most 7"),
        (4, 7, "the last 3 of the training's 7 batches change nothing"),
        (4, 1, "has 1 batch: no weight will ever change; leave it out"),
        (7, 7, ""),
        (None, 7, ""),
    ],
)
def test_gradients_that_are_added_up_and_never_used(together: int | None, samples: int, said: str) -> None:
    optimizer = Optimizer("SGD", {"gradient_accumulation_steps": together})
    found = "\n".join(training_notes(made(SMALL, optimizer=optimizer, batch_size=1, epochs=1), samples))
    assert said in found
    assert bool(said) == bool(found)


def test_averaged_weights_are_not_those_that_validation_measures() -> None:
    averaging = made(SMALL, optimizer=Optimizer("Adam", {"use_ema": True}))
    (said,) = training_notes(averaging, 40)
    assert "validation measures the weights as they are" in said
    assert averaging.training is not None
    restoring = replace(averaging.training, early_stopping=EarlyStopping("loss", "min"))
    assert not list(training_notes(replace(averaging, training=restoring), 40))
