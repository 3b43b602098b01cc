"""Recorded losses and metrics are averages over samples: held against NumPy, from what the model predicts."""

from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from engine_plans import KeptCheckpoints, graph, ignore, input_node, loss, metric, node, part, plan

from nettool.data.field import Field
from nettool.graph.bind.binding import Binding, InputBinding, TargetBinding
from nettool.graph.trainable_plan import TrainablePlan
from nettool.spec.train.optimizer import Optimizer

pytestmark = pytest.mark.keras

FIELDS = (
    Field("x", "vector", (3,), "float32"),
    Field("kind", "label", (), "int64", classes=("cat", "dog")),
    Field("amount", "vector", (2,), "float32"),
)
SAMPLES = 97
"""With batches of 32 the last one is a single sample; with 10, the last is 7."""
WEIGHTS = {"cat": 0.25, "dog": 3.0}


def two_outputs(batch_size: int, reduction: str | None = None, *, weighed: bool = False) -> TrainablePlan:
    options = {} if reduction is None else {"reduction": reduction}
    network = graph(
        input_node("x", (3,)),
        node("kind", "Dense", "x", units=1, activation="sigmoid"),
        node("amount", "Dense", "x", units=2, kernel_regularizer={"regularizer": "L2", "l2": 0.5}),
        outputs=["kind", "amount"],
    )
    targets = (
        TargetBinding("kind", "kind", "value", (1,), classes=1),
        TargetBinding("amount", "amount", "value", (2,)),
    )
    return plan(
        network,
        losses=[
            loss("kind", "BinaryCrossentropy", 0.5, **options),
            loss("amount", "MeanSquaredError", **options),
            loss("amount", "MeanAbsoluteError", 0.1, **options),
        ],
        metrics=[metric("kind", "accuracy"), metric("amount", "MeanSquaredError", "off")],
        binding=Binding(FIELDS, (InputBinding("x", "x", (3,)),), targets),
        batch_size=batch_size,
        epochs=1,
        optimizer=Optimizer("SGD", {"learning_rate": 0.0}),
        class_weights={"kind": WEIGHTS} if weighed else {},
    )


def data() -> Any:
    draws = np.random.default_rng(5)
    amount = draws.normal(size=(SAMPLES, 2)).astype(np.float32)
    amount[-1] = 1000.0
    kind = (draws.random(SAMPLES) < 0.3).astype(np.int64)
    return part(x=draws.normal(size=(SAMPLES, 3)).astype(np.float32), kind=kind, amount=amount)


def by_hand(model: Any, samples: Any, *, weighed: bool = False) -> dict[str, float]:
    """Losses and metrics in NumPy."""
    columns = {name: column.array().astype(np.float64) for name, column in samples.columns.items()}
    answers = {name: np.asarray(each) for name, each in model(columns["x"].astype(np.float32)).items()}
    said, right = answers["kind"].reshape(-1).astype(np.float64), columns["kind"]
    counts = np.where(right == 1, WEIGHTS["dog"], WEIGHTS["cat"]) if weighed else np.ones(SAMPLES)
    entropy = -(right * np.log(said) + (1 - right) * np.log(1 - said))
    off = answers["amount"] - columns["amount"]
    penalty = 0.5 * (np.asarray(model.get_layer("amount").kernel) ** 2).sum()
    amount_loss = (off**2).mean() + 0.1 * np.abs(off).mean()
    kind_loss = (counts * entropy).mean()
    return {
        "loss": 0.5 * kind_loss + amount_loss + penalty,
        "kind_loss": kind_loss,
        "amount_loss": amount_loss,
        "kind_accuracy": ((said > 0.5) == right).mean(),
        "amount_off": (off**2).mean(),
    }


def built(made: TrainablePlan) -> Any:
    from nettool.engine.devices.process_setup import seed_everything
    from nettool.engine.model.build_model import build_model

    seed_everything(0)
    return build_model(made.graph)


@pytest.mark.parametrize("reduction", [None, "sum", "mean_with_sample_weight"])
@pytest.mark.parametrize("weighed", [False, True])
@pytest.mark.parametrize("batch_size", [1, 10, 32, SAMPLES])
def test_every_loss_and_metric_is_the_average_over_samples(
    batch_size: int, weighed: bool, reduction: str | None
) -> None:
    from nettool.engine.devices.without_tracing import without_tracing
    from nettool.engine.evaluate.measurement import measure
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.training import train

    made, samples = two_outputs(batch_size, reduction, weighed=weighed), data()
    model = built(made)
    # A few large batches are sooner computed than traced; many small ones go several at once through a graph.
    with without_tracing() if batch_size > 10 else nullcontext():
        history = train(model, made, samples, samples, ignore, StopSignal(), KeptCheckpoints([]))
        measured = measure(model, made, samples)
    (row,) = history.rows
    unweighed = by_hand(model, samples)
    for name, expected in by_hand(model, samples, weighed=weighed).items():
        assert row[name] == pytest.approx(expected, rel=1e-5), name
        assert row[f"val_{name}"] == pytest.approx(unweighed[name], rel=1e-5), name
    assert measured == pytest.approx(unweighed, rel=1e-5)


def test_a_summed_loss_learns_by_the_sum() -> None:
    """Two steps of plain gradient descent on the sum, worked out by hand."""
    from nettool.engine.compile.compile_model import compile_model

    network = graph(input_node("x", (3,)), node("amount", "Dense", "x", units=2), outputs=["amount"])
    target = TargetBinding("amount", "amount", "value", (2,))
    made = plan(
        network,
        losses=[loss("amount", "MeanSquaredError", reduction="sum")],
        metrics=[],
        binding=Binding(FIELDS, (InputBinding("x", "x", (3,)),), (target,)),
        optimizer=Optimizer("SGD", {"learning_rate": 0.001}),
    )
    model = built(made)
    compile_model(model, made, SAMPLES)
    draws = np.random.default_rng(0)
    x, y = draws.normal(size=(20, 3)).astype("float32"), draws.normal(size=(20, 2)).astype("float32")
    kernel, bias = (np.asarray(each, np.float64) for each in model.get_weights())
    for _ in range(2):
        off = x @ kernel + bias - y
        recorded = model.train_on_batch(x, y)
        assert float(np.ravel(recorded)[0]) == pytest.approx((off**2).mean(), rel=1e-5)
        kernel, bias = kernel - 0.001 * x.T @ off, bias - 0.001 * off.sum(axis=0)
        model.reset_metrics()
    for found, expected in zip(model.get_weights(), (kernel, bias), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-4)


def test_a_batch_that_counts_as_a_whole_is_not_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    from nettool.engine.compile import supported as possible
    from nettool.engine.failures import NotPossible

    made = two_outputs(32)
    monkeypatch.setattr(possible, "devices_in_use", lambda: ("gpu:0", "gpu:1"))
    for name, advice in (("Dice", "write an `axis`"), ("Circle", "which cannot be divided")):
        with pytest.raises(NotPossible, match=advice):
            possible.require_possible(replace(made, losses=(loss("kind", name),)), 96)
    possible.require_possible(replace(made, losses=(loss("kind", "Dice", axis=[1]),)), 96)
