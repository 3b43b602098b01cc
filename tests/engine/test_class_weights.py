"""Classes that count more than others: through the feed, against Keras's own class weights."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from engine_plans import (
    KeptCheckpoints,
    classify,
    dense_graph,
    graph,
    images,
    input_node,
    loss,
    metric,
    node,
    part,
    plan,
)

from nettool.data.field import Field
from nettool.graph.bind.binding import Binding, InputBinding, TargetBinding
from nettool.graph.trainable_plan import TrainablePlan
from nettool.record.events.events import Event, Note

pytestmark = pytest.mark.keras

ODD = {"a": 3.0, "c": 0.5, "9": 0.0}
VECTOR = Field("x", "vector", (4,), "float32")
KIND = Field("kind", "label", (), "int64", classes=("cat", "dog"))
AMOUNT = Field("amount", "vector", (1,), "float32")


def fed(made: TrainablePlan, data: Any) -> list[Any]:
    from nettool.engine.input.epoch_order import EpochOrder
    from nettool.engine.input.input_pipeline import training_pipeline

    order = EpochOrder(0, len(data))
    order.begin(0)
    return list(training_pipeline(made, data, 32, order).dataset)


def built(made: TrainablePlan) -> Any:
    from nettool.engine.compile.compile_model import compile_model
    from nettool.engine.devices.process_setup import seed_everything
    from nettool.engine.model.build_model import build_model

    seed_everything(0)
    model = build_model(made.graph)
    compile_model(model, made, 100)
    # Keras's own steps: a few of them are sooner computed than traced.
    model.run_eagerly = True
    return model


@pytest.mark.parametrize("sparse", [True, False])
def test_classes_count_as_they_do_in_keras(sparse: bool) -> None:
    plain = classify(dense_graph(), sparse=sparse)
    weighed = classify(dense_graph(), sparse=sparse, class_weights={None: ODD})
    ours, theirs = built(weighed), built(plain)
    numbers = dict.fromkeys(range(10), 1.0) | {0: 3.0, 2: 0.5, 9: 0.0}
    data = images(100)
    for (x, y, w), (also_x, also_y) in zip(fed(weighed, data), fed(plain, data), strict=True):
        assert np.array_equal(x, also_x)
        assert np.array_equal(y, also_y)
        our_loss = ours.train_on_batch(x, y, sample_weight=w)
        assert our_loss == theirs.train_on_batch(also_x, also_y, class_weight=numbers)
    assert all(map(np.array_equal, ours.get_weights(), theirs.get_weights()))


def test_balanced_classes_have_equal_sums_as_with_scikit_learn() -> None:
    from sklearn.utils.class_weight import compute_class_weight

    from nettool.engine.input.class_weights import weights_by_class

    labels = np.array([0] * 50 + [1] * 30 + [3] * 20)
    data = part(image=np.zeros((100, 8, 8), np.uint8), label=labels)
    found = weights_by_class(classify(dense_graph(), class_weights={"label": "balanced"}), data)["label"]
    theirs = compute_class_weight("balanced", classes=np.array([0, 1, 3]), y=labels)
    assert found[[0, 1, 3]] == pytest.approx(theirs)
    assert set(found[[2, 4, 5, 6, 7, 8, 9]]) == {1.0}


def two_outputs(**training: Any) -> TrainablePlan:
    network = graph(
        input_node("x", (4,)),
        node("kind", "Dense", "x", units=1, activation="sigmoid"),
        node("amount", "Dense", "x", units=1),
        outputs=["kind", "amount"],
    )
    targets = (
        TargetBinding("kind", "kind", "value", (1,), classes=1),
        TargetBinding("amount", "amount", "value", (1,)),
    )
    return plan(
        network,
        losses=[loss("kind", "BinaryCrossentropy"), loss("amount", "MeanSquaredError")],
        metrics=[metric("kind", "accuracy")],
        binding=Binding((VECTOR, KIND, AMOUNT), (InputBinding("x", "x", (4,)),), targets),
        **training,
    )


def uneven() -> Any:
    draws = np.random.default_rng(0)
    return part(
        x=draws.normal(size=(80, 4)).astype(np.float32),
        kind=(np.arange(80) % 4 == 0).astype(np.int64),
        amount=draws.normal(size=(80, 1)).astype(np.float32),
    )


def test_only_the_output_whose_classes_are_weighed_is_weighed() -> None:
    data = uneven()
    weighed = two_outputs(class_weights={None: "balanced"})
    ours, theirs = built(weighed), built(two_outputs())
    for x, y, w in fed(weighed, data):
        expected = np.where(np.array(y["kind"]).reshape(-1) == 1, 80 / (2 * 20), 80 / (2 * 60))
        assert np.array(w["kind"]) == pytest.approx(expected)
        assert set(np.array(w["amount"])) == {1.0}
        by_hand = {"kind": expected.astype(np.float32), "amount": np.ones(len(x), np.float32)}
        assert ours.train_on_batch(x, y, w) == pytest.approx(theirs.train_on_batch(x, y, by_hand))
    for mine, other in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        assert mine == pytest.approx(other)


def test_several_losses_of_one_output_are_all_weighed() -> None:
    def made(*losses: Any) -> TrainablePlan:
        return replace(classify(dense_graph(), class_weights={None: ODD}), losses=tuple(losses))

    sum_of_two = made(loss("label", "CategoricalCrossentropy"), loss("label", "MeanSquaredError", 0.5))
    x, y, w = fed(sum_of_two, images(100))[0]
    both = built(sum_of_two).test_on_batch(x, y, sample_weight=w, return_dict=True)["loss"]
    one = built(made(loss("label", "CategoricalCrossentropy"))).test_on_batch(x, y, w, return_dict=True)[
        "loss"
    ]
    other = built(made(loss("label", "MeanSquaredError"))).test_on_batch(x, y, w, return_dict=True)["loss"]
    assert both == pytest.approx(one + 0.5 * other)


def test_training_tells_the_weights_and_measures_without_them() -> None:
    from nettool.engine.evaluate.evaluation import evaluate
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.training import train

    heard: list[Event] = []
    data = uneven()
    made = two_outputs(class_weights={"kind": "balanced"})
    model = built(made)
    history = train(model, made, data, data, heard.append, StopSignal(), KeptCheckpoints([]))
    assert Note("class weights of kind: cat 0.667, dog 2") in heard
    measured = evaluate(model, made, data)
    assert measured["loss"] == pytest.approx(history.rows[-1]["val_loss"])
