"""One pass against Keras's own two: `evaluate` for the figures, `predict` for the answers."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from engine_plans import (
    IMAGE,
    LABEL,
    classify,
    convolution_graph,
    dense_graph,
    graph,
    images,
    input_node,
    loss,
    metric,
    node,
    plan,
)

from nettool.graph.bind.binding import Binding, InputBinding, TargetBinding
from nettool.graph.trainable_plan import TrainablePlan
from nettool.views.predictions.prediction import AnswerForm

pytestmark = pytest.mark.keras


def two_outputs() -> TrainablePlan:
    network = graph(
        input_node("pixels", (64,)),
        node("code", "Dense", "pixels", units=8, kernel_regularizer={"regularizer": "L2", "l2": 0.01}),
        node("label", "Dense", "code", units=10, activation="softmax"),
        node("again", "Dense", "code", units=64),
        outputs=["label", "again"],
    )
    return plan(
        network,
        losses=[loss("label", "CategoricalCrossentropy"), loss("again", "MeanSquaredError", weight=0.3)],
        metrics=[metric("label", "accuracy"), metric("again", "MeanAbsoluteError")],
        binding=Binding(
            (IMAGE, LABEL),
            (InputBinding("pixels", "image", (64,)),),
            (
                TargetBinding("label", "label", "one_hot", (10,), 10),
                TargetBinding("again", "image", "value", (64,)),
            ),
        ),
    )


def compiled(made: TrainablePlan) -> Any:
    from nettool.engine.compile.compile_model import compile_model
    from nettool.engine.devices.process_setup import seed_everything
    from nettool.engine.model.build_model import build_model

    seed_everything(0)
    model = build_model(made.graph)
    compile_model(model, made, 100)
    return model


@pytest.mark.parametrize(
    "made",
    [classify(dense_graph(dropout=True)), classify(convolution_graph(), sparse=True), two_outputs()],
    ids=["dense", "convolutions", "two outputs"],
)
@pytest.mark.parametrize("samples", [1, 131])
def test_figures_are_keras_s_to_the_bit_and_answers_those_of_predict(
    made: TrainablePlan, samples: int
) -> None:
    from nettool.engine.compile.metric_names import plain_number
    from nettool.engine.evaluate.evaluation import predict
    from nettool.engine.evaluate.measurement import measure
    from nettool.engine.input.input_pipeline import evaluation_pipeline

    model, test = compiled(made), images(samples, 1)
    expected = model.evaluate(evaluation_pipeline(made, test, 64).dataset, verbose=0, return_dict=True)
    shown: dict[str, list[np.ndarray]] = {output: [] for output in made.graph.outputs}
    seeing = {output: answers.append for output, answers in shown.items()}
    measured = measure(model, made, test, 64, seeing)
    assert measured == {name: plain_number(figure) for name, figure in expected.items()}
    for output, answer in predict(model, made, test, 64).items():
        assert [len(batch) for batch in shown[output]] == [
            min(64, samples - at) for at in range(0, samples, 64)
        ]
        assert np.array_equal(np.concatenate(shown[output]), answer)


def test_a_requested_stop_ends_it_after_the_batch() -> None:
    from nettool.engine.evaluate.measurement import measure
    from nettool.engine.stop_signal import Stopped, StopSignal

    made, stop, batches = classify(dense_graph()), StopSignal(), []

    def see(answers: np.ndarray) -> None:
        batches.append(len(answers))
        stop.requested = True

    with pytest.raises(Stopped):
        measure(compiled(made), made, images(90), 32, {"label": see}, stop)
    assert batches == [32]


def test_a_model_measures_the_same_after_it_was_measured_and_trains_on() -> None:
    from nettool.engine.evaluate.measurement import measure
    from nettool.engine.input.input_pipeline import evaluation_pipeline

    made, test = classify(dense_graph()), images(90)
    model = compiled(made)
    first = measure(model, made, test)
    assert "compute_metrics" not in vars(model)
    assert measure(model, made, test) == first
    before = model.get_weights()
    model.fit(evaluation_pipeline(made, test, 32).dataset, verbose=0)
    assert measure(model, made, test)["loss"] < first["loss"]
    assert not np.array_equal(before[0], model.get_weights()[0])


def test_a_network_for_batches_of_one_size_has_as_many_classes_told_as_it_answered() -> None:
    from nettool.engine.evaluate.measurement import measure
    from nettool.jobs.observe.class_predictions import ClassPredictions

    made = classify(dense_graph())
    pixels = replace(made.graph.nodes[0], options={"batch_size": 8})
    fixed = replace(made, graph=replace(made.graph, nodes=(pixels, *made.graph.nodes[1:])))
    test = images(21)
    seen = ClassPredictions(AnswerForm("label", "class", LABEL, "probabilities"), LABEL)
    measure(compiled(fixed), fixed, test, seeing={"label": seen.add})
    assert seen.first is not None
    assert len(seen.first.numbers) == 16
    assert seen.right(test).tolist() == test.columns["label"].array()[:16].tolist()
