"""Which form of a class each loss and metric takes, held against Keras: right answers must do better."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, get_args

import numpy as np
import pytest
from engine_plans import IMAGE, LABEL, graph, input_node, loss, metric, node, plan

from nettool.diagnostics.source import Source
from nettool.front_end import load_source
from nettool.graph.bind.binding import Binding, Encoding, InputBinding, TargetBinding
from nettool.graph.check.target_forms import CTC, Form, forms_taken
from nettool.graph.objectives import Loss, Metric
from nettool.vocabulary.keras_names import Definition, losses, metrics

pytestmark = pytest.mark.keras

CLASSES = 10
REQUIRED = {
    "num_classes": CLASSES,
    "target_class_ids": [0, 1, 2],
    **dict.fromkeys(("recall", "precision", "specificity", "sensitivity"), 0.5),
}
CHOSEN: dict[str, dict[str, object]] = {
    "TopKCategoricalAccuracy": {"k": 1},
    "SparseTopKCategoricalAccuracy": {"k": 1},
    "F1Score": {"average": "macro"},
    "FBetaScore": {"average": "macro", "beta": 2},
}
COMPARING_UNITS = (
    *("CategoricalAccuracy", "SparseCategoricalAccuracy", "OneHotIoU", "OneHotMeanIoU"),
    *("TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy"),
    *("CategoricalCrossentropy", "SparseCategoricalCrossentropy"),
    *("PearsonCorrelation", "ConcordanceCorrelation"),
)
SMALL_IS_GOOD = (
    *("BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy", "KLDivergence"),
    *("Poisson", "LogCoshError", "Hinge", "SquaredHinge", "CategoricalHinge"),
    *("FalseNegatives", "FalsePositives"),
)
ENCODINGS: dict[Form, tuple[Encoding, tuple[int, ...]]] = {
    "number": ("index", ()),
    "row": ("one_hot", (CLASSES,)),
}


def options_of(definition: Definition) -> dict[str, object]:
    required = {each.name: REQUIRED[each.name] for each in definition.options.values() if each.required}
    return required | CHOSEN.get(definition.name, {})


def works_in_keras(objective: Loss | Metric, form: Form) -> bool:
    """Whether right answers score better than wrong ones when the target comes in this form."""
    from nettool.engine.compile.objectives import objectives

    encoding, shape = ENCODINGS[form]
    network = graph(input_node("img", (64,)), node("y", "Dense", "img", units=CLASSES), outputs=["y"])
    target = TargetBinding("y", "label", encoding, shape, CLASSES)
    bound = Binding((IMAGE, LABEL), (InputBinding("img", "image", (64,)),), (target,))
    first = [objective] if isinstance(objective, Loss) else []
    made = plan(
        network,
        losses=first or [loss("y", "CategoricalCrossentropy")],
        metrics=[objective] if isinstance(objective, Metric) else [],
        binding=bound,
    )
    random = np.random.default_rng(0)
    labels = random.integers(0, CLASSES, 50)
    y = np.eye(CLASSES, dtype="float32")[labels] if form == "row" else labels.astype("int32")
    try:
        right, wrong = (
            score(objectives(made), y, answers(each)) for each in (labels, random.permutation(labels))
        )
    except Exception:  # Keras and TensorFlow refuse with whatever exception they like
        return False
    small_is_good = (
        isinstance(objective, Loss) or objective.name in SMALL_IS_GOOD or "Error" in objective.name
    )
    return right < wrong if small_is_good else right > wrong


def score(compiled: dict[str, Any], y: np.ndarray, answer: np.ndarray) -> float:
    if not compiled["metrics"]:
        return float(compiled["loss"](y, answer))
    (measure,) = compiled["metrics"]
    measure.update_state(y, answer)
    return float(measure.result())


def answers(classes: np.ndarray) -> np.ndarray:
    """Sure of these classes, and never quite the same."""
    noise = np.random.default_rng(1).uniform(0.0, 0.02, (len(classes), CLASSES))
    found = noise + np.eye(CLASSES)[classes]
    return (found / found.sum(axis=1, keepdims=True)).astype("float32")


@pytest.mark.parametrize("form", ENCODINGS)
@pytest.mark.parametrize("name", sorted(losses().keys() - {CTC}))
def test_a_loss_takes_the_form_in_which_it_is_small_for_right_answers(name: str, form: Form) -> None:
    objective = loss("y", name, **options_of(losses()[name]))
    assert works_in_keras(objective, form) == (form in forms_taken(objective, CLASSES))


@pytest.mark.parametrize("form", ENCODINGS)
@pytest.mark.parametrize("name", sorted(metrics()))
def test_a_metric_takes_the_forms_in_which_it_is_good_for_right_answers(name: str, form: Form) -> None:
    objective = metric("y", name, "figure", **options_of(metrics()[name]))
    assert works_in_keras(objective, form) == (form in forms_taken(objective, CLASSES))


def test_there_is_a_loss_for_every_form() -> None:
    taken = [forms_taken(loss("y", name), CLASSES) for name in losses()]
    assert set().union(*taken) == set(get_args(Form))


@pytest.mark.parametrize(
    ("loss_name", "units"),
    [
        ("categorical_crossentropy", 3),
        ("sparse_categorical_crossentropy", 3),
        ("Circle", 3),
        ("binary_crossentropy", 3),
        ("binary_crossentropy", 1),
        ("mse", 3),
    ],
)
def test_all_metrics_that_a_loss_leaves_room_for_can_be_measured(loss_name: str, units: int) -> None:
    from nettool.jobs.spec.smoke import smoke
    from nettool.vocabulary.keras_names import canonical

    own = loss("out", canonical("losses", loss_name) or "")
    (form,) = forms_taken(own, units)
    written = []
    for name, definition in metrics().items():
        options = options_of(definition) | ({"num_classes": 3} if "num_classes" in definition.options else {})
        is_refused = units == 1 and name in COMPARING_UNITS
        if form in forms_taken(metric("out", name, **options), units) and not is_refused:
            written.append({"metric": name, **options})
    last = "softmax" if units > 1 else "sigmoid"
    text = (
        f"inputs: {{x: [6]}}\nnodes: {{out: {{layer: Dense, units: {units}, activation: {last}}}}}\n"
        f"outputs: [out]\nlosses: {{out: {loss_name}}}\nmetrics: {{out: {written}}}\n"
    ).replace("'", "")
    with _eagerly():
        assert math.isfinite(smoke(load_source(Source("spec.yaml", text), "spec")[0]).loss)


@contextmanager
def _eagerly() -> Iterator[None]:
    """A few steps with so many metrics are done before TensorFlow has made a graph of them."""
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(False)


def test_a_list_of_labels_can_be_learned() -> None:
    from nettool.jobs.spec.smoke import smoke

    text = (
        "inputs: {sound: [12, 4]}\nnodes: {letters: {layer: Dense, units: 5}}\n"
        "outputs: [letters]\nlosses: {letters: CTC}\n"
    )
    assert math.isfinite(smoke(load_source(Source("spec.yaml", text), "spec")[0]).loss)
