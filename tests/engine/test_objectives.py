"""Losses, metrics and their names, through training and evaluation with Keras."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engine_plans import (
    IMAGE,
    LABEL,
    KeptCheckpoints,
    classify,
    dense_graph,
    graph,
    ignore,
    images,
    input_node,
    loss,
    metric,
    node,
    plan,
)

from nettool.data.column import Part
from nettool.data.field import Field
from nettool.graph.bind.binding import Binding, InputBinding, TargetBinding
from nettool.graph.network import Graph
from nettool.graph.trainable_plan import TrainablePlan

pytestmark = pytest.mark.keras

LEFT = Field("left", "image", (8, 8), "uint8", 255.0)
RIGHT = Field("right", "image", (8, 8), "uint8", 255.0)
ONE_HOT = {"encoding": "one_hot", "shape": (10,), "classes": 10}


def inputs(network: Graph) -> tuple[InputBinding, ...]:
    fields = {"img": "image", "left": "left", "right": "right"}
    return tuple(InputBinding(name, fields[name], (64,)) for name in network.inputs)


def bound(network: Graph, *targets: TargetBinding) -> Binding:
    return Binding((IMAGE, LABEL, LEFT, RIGHT), inputs(network), targets)


def class_target(output: str, field: str = "label") -> TargetBinding:
    return TargetBinding(output, field, "one_hot", (10,), 10)


def deep_supervision() -> TrainablePlan:
    """Both outputs learn the same field, and one feeds the other."""
    network = graph(
        input_node("img", (64,)),
        node("early", "Dense", "img", units=10, activation="softmax"),
        node("late", "Dense", "early", units=10, activation="softmax"),
        outputs=["late", "early"],
    )
    return plan(
        network,
        losses=[
            loss("late", "CategoricalCrossentropy"),
            loss("early", "CategoricalCrossentropy", 0.25, label_smoothing=0.1),
        ],
        metrics=[metric("late", "Accuracy", "accuracy"), metric("early", "accuracy"), metric("late", "mse")],
        binding=bound(network, class_target("late"), class_target("early")),
    )


def shared_calls() -> TrainablePlan:
    """Both outputs are calls of one layer, and a third output has no loss."""
    network = graph(
        input_node("left", (64,)),
        input_node("right", (64,)),
        node("tower.code", "Dense", "left", units=10, activation="softmax"),
        node("again", "Dense", "right", owner="tower.code"),
        node("apart", "Subtract", ["tower.code", "again"]),
        outputs=["tower.code", "again", "apart"],
    )
    return plan(
        network,
        losses=[loss("tower.code", "CategoricalCrossentropy"), loss("again", "CategoricalCrossentropy", 2.0)],
        metrics=[metric("again", "accuracy")],
        binding=bound(network, class_target("tower.code"), class_target("again")),
    )


def metric_without_loss() -> TrainablePlan:
    network = graph(
        input_node("img", (64,)),
        node("code", "Dense", "img", units=10, activation="softmax"),
        node("back", "Dense", "code", units=64, kernel_regularizer={"regularizer": "L2", "l2": 0.1}),
        outputs=["code", "back"],
    )
    return plan(
        network,
        losses=[loss("back", "MeanSquaredError")],
        metrics=[metric("code", "accuracy", "acc")],
        binding=bound(network, class_target("code"), TargetBinding("back", "image", "value", (64,))),
    )


PLANS = {
    "one output": lambda: classify(dense_graph()),
    "one output, class numbers": lambda: classify(dense_graph(), sparse=True),
    "an output that feeds the other, one target for both": deep_supervision,
    "two calls of one layer, and an output without a loss": shared_calls,
    "a metric where there is no loss": metric_without_loss,
}


def data(samples: int) -> Part:
    part = images(samples)
    image = part.columns["image"]
    return Part({**part.columns, "left": image, "right": replace(image, values=image.values[::-1].copy())})


@pytest.mark.parametrize("case", PLANS)
def test_every_figure_has_its_name_and_its_value(case: str) -> None:
    from nettool.engine.compile.metric_names import metric_names
    from nettool.engine.evaluate.evaluation import evaluate, predict
    from nettool.engine.model.build_model import build_model
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.training import train

    made, part = PLANS[case](), data(70)
    model = build_model(made.graph)
    history = train(model, made, part, part, ignore, StopSignal(), KeptCheckpoints([]))
    names = metric_names(made)
    expected_names = ["epoch", *names, *(f"val_{name}" for name in names), "learning_rate"]
    assert [list(row) for row in history.rows] == [expected_names] * 2

    figures = evaluate(model, made, part)
    answers = predict(model, made, part)
    right = np.eye(10)[part.columns["label"].values]
    pixels = part.columns["image"].values.reshape(70, 64) / 255
    assert figures == pytest.approx(independently(made, model, answers, right, pixels), rel=1e-4)
    assert figures == {name: history.rows[-1][f"val_{name}"] for name in names}


@pytest.mark.parametrize("case", PLANS)
def test_a_saved_model_knows_its_objectives_without_nettool(case: str, tmp_path: Path) -> None:
    import keras

    from nettool.engine.compile.compile_model import compile_model
    from nettool.engine.compile.metric_names import in_order
    from nettool.engine.evaluate.evaluation import evaluate
    from nettool.engine.input.input_pipeline import evaluation_pipeline
    from nettool.engine.model.build_model import build_model

    made, part = PLANS[case](), data(40)
    model = build_model(made.graph)
    compile_model(model, made, 40)
    model.optimizer.build(model.trainable_variables)
    figures = evaluate(model, made, part)
    model.save(tmp_path / "model.keras")
    opened = keras.models.load_model(tmp_path / "model.keras")
    dataset = evaluation_pipeline(made, part, 128).dataset
    assert in_order(figures, opened.evaluate(dataset, verbose=0, return_dict=True)) == figures


def independently(
    made: TrainablePlan, model: Any, answers: dict[str, np.ndarray], right: np.ndarray, pixels: np.ndarray
) -> dict[str, float]:
    """The figures worked out in NumPy."""
    losses = {}
    for each in made.losses:
        if each.name == "MeanSquaredError":
            losses[each.output] = float(((answers[each.output] - pixels) ** 2).mean())
        else:
            smoothing = float(str(each.options.get("label_smoothing", 0.0)))
            smoothed = right * (1 - smoothing) + smoothing / 10
            losses[each.output] = float(-(smoothed * np.log(answers[each.output])).sum(axis=1).mean())
    total = sum(each.weight * losses[each.output] for each in made.losses)
    for layer in model.layers:
        if getattr(layer, "kernel_regularizer", None) is not None:
            total += 0.1 * float((layer.kernel.numpy() ** 2).sum())
    figures = {"loss": total}
    if len(losses) > 1:
        figures |= {f"{output}_loss": value for output, value in losses.items()}
    for each in made.metrics:
        answer = answers[each.output]
        hits = float((answer.argmax(1) == right.argmax(1)).mean())
        value = float(((answer - right) ** 2).mean()) if each.label == "mse" else hits
        prefix = f"{each.output}_" if len(made.graph.outputs) > 1 else ""
        figures[prefix + each.label] = value
    return figures


@pytest.mark.parametrize(
    ("name", "encoding", "units", "loss_name", "expected"),
    [
        ("accuracy", "one_hot", 10, "CategoricalCrossentropy", "CategoricalAccuracy"),
        ("Accuracy", "index", 10, "SparseCategoricalCrossentropy", "SparseCategoricalAccuracy"),
        ("acc", "value", 1, "MeanSquaredError", "BinaryAccuracy"),
        ("accuracy", "value", 5, "BinaryCrossentropy", "BinaryAccuracy"),
        ("accuracy", "value", 5, "MeanSquaredError", "CategoricalAccuracy"),
        (
            "TopKCategoricalAccuracy",
            "index",
            10,
            "SparseCategoricalCrossentropy",
            "SparseTopKCategoricalAccuracy",
        ),
        (
            "SparseTopKCategoricalAccuracy",
            "one_hot",
            10,
            "CategoricalCrossentropy",
            "TopKCategoricalAccuracy",
        ),
        ("mae", "value", 5, "MeanSquaredError", "MeanAbsoluteError"),
    ],
)
def test_a_metric_takes_the_form_that_fits_the_target(
    name: str, encoding: Any, units: int, loss_name: str, expected: str
) -> None:
    from nettool.engine.compile.objectives import objectives

    network = graph(input_node("img", (64,)), node("y", "Dense", "img", units=units), outputs=["y"])
    shape = () if encoding == "index" else (units,)
    made = plan(
        network,
        losses=[loss("y", loss_name)],
        metrics=[metric("y", name, "mine")],
        binding=bound(network, TargetBinding("y", "label", encoding, shape, units)),
    )
    (found,) = objectives(made)["metrics"]
    assert (type(found).__name__, found.name) == (expected, "mine")


def test_options_reach_the_loss_the_metric_and_the_optimizer() -> None:
    from nettool.engine.compile.objectives import objectives
    from nettool.engine.compile.optimizer import keras_optimizer
    from nettool.spec.train.optimizer import Optimizer

    network = graph(input_node("img", (64,)), node("y", "Dense", "img", units=10), outputs=["y"])
    made = plan(
        network,
        losses=[loss("y", "CategoricalCrossentropy", 0.5, from_logits=True, label_smoothing=0.2)],
        metrics=[metric("y", "TopKCategoricalAccuracy", "top3", k=3)],
        binding=bound(network, class_target("y")),
    )
    found = objectives(made)
    config = found["loss"].get_config()
    assert (config["from_logits"], config["label_smoothing"]) == (True, 0.2)
    assert (found["loss_weights"], found["metrics"][0].k) == ([0.5], 3)

    schedule = {
        "schedule": "ExponentialDecay",
        "initial_learning_rate": 0.5,
        "decay_steps": 1,
        "decay_rate": 0.1,
    }
    optimizer = keras_optimizer(
        Optimizer("SGD", {"learning_rate": schedule, "momentum": 0.9, "nesterov": True})
    )
    assert (type(optimizer).__name__, optimizer.momentum, optimizer.nesterov) == ("SGD", 0.9, True)
    assert float(optimizer.learning_rate) == 0.5
