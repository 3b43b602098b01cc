from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engine_plans import (
    IMAGE,
    SPAN,
    KeptCheckpoints,
    classify,
    convolution_graph,
    dense_graph,
    graph,
    ignore,
    images,
    input_node,
    node,
    plan,
)

from nettool.data.field import Field
from nettool.graph.bind.binding import Binding, InputBinding, TargetBinding
from nettool.graph.objectives import Loss

pytestmark = pytest.mark.keras


def trained(made: Any, samples: int = 300) -> Any:
    from nettool.engine.devices.process_setup import seed_everything
    from nettool.engine.model.build_model import build_model
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.training import train

    seed_everything(0)
    model = build_model(made.graph)
    train(model, made, images(samples), None, ignore, StopSignal(), KeptCheckpoints([]))
    return model


@pytest.mark.parametrize(
    "network", [dense_graph(dropout=True), convolution_graph()], ids=lambda each: each.name
)
def test_a_model_from_a_file_gives_the_same_figures_and_answers(network: Any, tmp_path: Path) -> None:
    from nettool.engine.evaluate.evaluation import evaluate, predict
    from nettool.engine.evaluate.load_model import load_model

    made, test = classify(network), images(90, 1)
    model = trained(made)
    model.save(tmp_path / "model.keras")
    loaded = load_model(tmp_path / "model.keras", network)
    assert not loaded.compiled
    assert evaluate(loaded, made, test) == evaluate(model, made, test)
    assert np.array_equal(predict(loaded, made, test)["label"], predict(model, made, test)["label"])


def test_evaluating_does_not_touch_the_optimizer() -> None:
    from nettool.engine.evaluate.evaluation import evaluate

    made = classify(dense_graph())
    model = trained(made)
    optimizer, iterations = model.optimizer, int(model.optimizer.iterations)
    evaluate(model, made, images(50))
    assert model.optimizer is optimizer
    assert int(model.optimizer.iterations) == iterations == 20


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    from nettool.engine.evaluate.load_model import load_model

    with pytest.raises(FileNotFoundError, match=r"there is no model at .*nothing\.keras"):
        load_model(tmp_path / "nothing.keras", dense_graph())


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    from nettool.engine.evaluate.load_model import load_model

    (tmp_path / "model.keras").write_text("not a model")
    with pytest.raises(ValueError, match=r"model\.keras"):
        load_model(tmp_path / "model.keras", dense_graph())


@pytest.mark.parametrize("samples", [1, 64, 131])
def test_answers_come_in_the_order_of_the_samples(samples: int) -> None:
    from nettool.engine.evaluate.evaluation import predict
    from nettool.engine.model.build_model import build_model

    made, test = classify(dense_graph()), images(samples)
    model = build_model(made.graph)
    expected = model(test.columns["image"].values.reshape(samples, 64).astype(np.float32) / 255)
    for compiled in (False, True):
        if compiled:
            model.compile("adam", "mse", steps_per_execution=7)
        answers = predict(model, made, test, batch_size=10)
        assert list(answers) == ["label"]
        assert np.allclose(answers["label"], expected, atol=1e-6)


@pytest.mark.parametrize("sparse", [False, True])
def test_the_class_given_is_the_one_with_the_highest_number(sparse: bool) -> None:
    from nettool.engine.evaluate.evaluation import evaluate, given_classes, predict

    made, test = classify(dense_graph(), sparse=sparse), images(90, 1)
    model = trained(made)
    given = given_classes(predict(model, made, test)["label"], None)
    hits = float((given == test.columns["label"].values).mean())
    assert evaluate(model, made, test)["accuracy"] == pytest.approx(hits)


@pytest.mark.parametrize(("options", "given"), [({}, [1, 0, 0]), ({"from_logits": True}, [1, 1, 0])])
def test_a_single_unit_gives_the_second_class_above_the_middle(
    options: dict[str, object], given: list[int]
) -> None:
    from nettool.engine.evaluate.evaluation import classifying_outputs, given_classes, thresholds

    network = graph(
        input_node("img", (64,)),
        node("same", "Dense", "img", units=1),
        node("code", "Dense", "img", units=3),
        outputs=["code", "same"],
    )
    same = Field("same", "label", (), "int64", 1.0, ("no", "yes"))
    made = plan(
        network,
        losses=[
            Loss("same", "BinaryCrossentropy", options, SPAN),
            Loss("code", "MeanSquaredError", {}, SPAN),
        ],
        metrics=[],
        binding=Binding(
            (IMAGE, same),
            (InputBinding("img", "image", (64,)),),
            (TargetBinding("same", "same", "value", (1,), 1), TargetBinding("code", "image", "value", (3,))),
        ),
    )
    assert classifying_outputs(made) == {"same": same}
    answers = np.array([[0.6], [0.4], [-0.1]], np.float32)
    assert given_classes(answers, thresholds(made)["same"]).tolist() == given
