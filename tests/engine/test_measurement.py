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

from nettool.graph.binding import Binding, InputBinding, TargetBinding
from nettool.graph.plan import Plan

pytestmark = pytest.mark.keras


def two_outputs() -> Plan:
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


def compiled(made: Plan) -> Any:
    from nettool.engine.build import build_model
    from nettool.engine.compiling import compile_model
    from nettool.engine.seeds import seed_everything

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
def test_figures_are_keras_s_to_the_bit_and_answers_those_of_predict(made: Plan, samples: int) -> None:
    from nettool.engine.evaluation import predict
    from nettool.engine.feed import evaluation_feed
    from nettool.engine.figures import plain_number
    from nettool.engine.measurement import measure

    model, test = compiled(made), images(samples, 1)
    expected = model.evaluate(evaluation_feed(made, test, 64).dataset, verbose=0, return_dict=True)
    measured = measure(model, made, test, 64, keep=made.graph.outputs)
    assert measured.figures == {name: plain_number(figure) for name, figure in expected.items()}
    answers = predict(model, made, test, 64)
    assert list(measured.answers) == list(made.graph.outputs)
    for output, answer in answers.items():
        assert np.array_equal(measured.answers[output], answer)


def test_only_the_answers_that_are_wanted_are_kept() -> None:
    from nettool.engine.evaluation import classifying_outputs
    from nettool.engine.measurement import measure

    made = two_outputs()
    assert classifying_outputs(made) == ("label",)
    assert set(measure(compiled(made), made, images(9), keep=("label",)).answers) == {"label"}


def test_a_model_measures_the_same_after_it_was_measured_and_trains_on() -> None:
    from nettool.engine.feed import evaluation_feed
    from nettool.engine.measurement import measure

    made, test = classify(dense_graph()), images(90)
    model = compiled(made)
    first = measure(model, made, test)
    assert "compute_metrics" not in vars(model)
    assert measure(model, made, test).figures == first.figures
    before = model.get_weights()
    model.fit(evaluation_feed(made, test, 32).dataset, verbose=0)
    assert measure(model, made, test).figures["loss"] < first.figures["loss"]
    assert not np.array_equal(before[0], model.get_weights()[0])


def test_a_network_for_batches_of_one_size_has_as_many_classes_told_as_it_answered() -> None:
    from nettool.engine.evaluation import class_predictions
    from nettool.engine.measurement import measure

    made = classify(dense_graph())
    pixels = replace(made.graph.nodes[0], options={"batch_size": 8})
    fixed = replace(made, graph=replace(made.graph, nodes=(pixels, *made.graph.nodes[1:])))
    test = images(21)
    answers = measure(compiled(fixed), fixed, test, keep=("label",)).answers
    (found,) = class_predictions(fixed, test, answers)
    assert (len(found.right), len(found.given)) == (16, 16)
    assert found.right.tolist() == test.columns["label"].array()[:16].tolist()
