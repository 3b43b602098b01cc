"""Options of losses and metrics that count axes and classes: what the check accepts computes, and none else would."""

import json
from typing import Any

import pytest
from constructions import BATCH, checked, steps_through

from nettool.graph.plan import Plan

pytestmark = pytest.mark.keras

OUTPUTS: dict[str, dict[str, Any]] = {
    "classes": {"layer": "Dense", "units": 3, "activation": "softmax"},
    "rows": {"layer": "Conv1D", "filters": 3, "kernel_size": 1, "activation": "softmax"},
}
AXES = (-4, -3, -2, -1, 0, 1, 2, 3)
OVER_SAMPLES = ("Dice", "Tversky")


def plan_of(output: str, loss: object, metric: object = None) -> Plan | str:
    """The plan of a network with this loss and metric, or what is said against it."""
    spec: dict[str, Any] = {
        "inputs": {"a": [4, 2] if output == "rows" else [4]},
        "nodes": {"d": OUTPUTS[output]},
        "outputs": ["d"],
        "losses": {"d": loss},
        "train": {"epochs": 2, "batch_size": BATCH},
    }
    return checked(json.dumps(spec if metric is None else {**spec, "metrics": {"d": metric}}))


def computes(plan: Plan) -> bool:
    try:
        steps_through(plan)
    except Exception:  # TensorFlow and Keras refuse with whatever exception they like
        return False
    return True


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize(
    "loss",
    [
        *("BinaryCrossentropy", "CategoricalCrossentropy", "CategoricalFocalCrossentropy"),
        *("CosineSimilarity", "Dice", "Tversky"),
    ],
)
def test_a_loss_goes_along_an_axis_that_there_is(output: str, loss: str) -> None:
    rank = 1 if output == "classes" else 2
    for axis in AXES:
        plan = plan_of(output, {"loss": loss, "axis": axis})
        there_is = -rank - 1 <= axis <= rank
        if isinstance(plan, str):
            from_the_end = loss == "CategoricalCrossentropy" and axis < -1
            assert not there_is or axis in (0, -rank - 1) or from_the_end, plan
            assert "NT426" in plan
        else:
            assert there_is
            assert loss in OVER_SAMPLES or axis not in (0, -rank - 1)
            assert computes(plan), axis


METRICS: list[tuple[dict[str, Any], bool]] = [
    ({"metric": "Precision", "class_id": 2}, True),
    ({"metric": "Precision", "class_id": 3}, False),
    ({"metric": "RecallAtPrecision", "precision": 0.5, "class_id": 0}, True),
    ({"metric": "RecallAtPrecision", "precision": 0.5, "class_id": 5}, False),
    ({"metric": "Recall", "top_k": 3}, True),
    ({"metric": "Recall", "top_k": 4}, False),
    ({"metric": "IoU", "num_classes": 3, "target_class_ids": [0, 2]}, True),
    ({"metric": "IoU", "num_classes": 3, "target_class_ids": [3]}, False),
    ({"metric": "OneHotIoU", "num_classes": 3, "target_class_ids": [0], "axis": 2}, False),
    ({"metric": "AUC", "multi_label": True, "num_labels": 3, "label_weights": [1, 0.5, 1]}, True),
    ({"metric": "AUC", "multi_label": True, "num_labels": 2}, False),
    ({"metric": "AUC", "multi_label": True, "label_weights": [1, 2]}, False),
    ({"metric": "AUC", "label_weights": [1, 2]}, False),
    ({"metric": "AUC", "num_labels": 3}, False),
    ({"metric": "AUC", "thresholds": [0.2, 0.4]}, True),
    ({"metric": "Precision", "thresholds": 0.4}, True),
    ({"metric": "Precision", "thresholds": [0.2, 0.4]}, False),
    ({"metric": "CategoricalCrossentropy", "axis": 1}, True),
    ({"metric": "CategoricalCrossentropy", "axis": 2}, False),
    ({"metric": "CosineSimilarity", "axis": -3}, False),
]


@pytest.mark.parametrize(("metric", "is_right"), METRICS, ids=lambda value: str(value))
def test_a_metric_looks_at_classes_and_axes_that_there_are(metric: dict[str, Any], is_right: bool) -> None:
    plan = plan_of("classes", "categorical_crossentropy", metric)
    assert isinstance(plan, Plan) == is_right, plan
    assert isinstance(plan, str) or computes(plan)


SILENT: list[dict[str, Any]] = [
    {"metric": "Precision", "class_id": -1},
    {"metric": "MeanIoU", "num_classes": 2},
    {"metric": "IoU", "num_classes": 3, "target_class_ids": [-1]},
    {"metric": "CosineSimilarity", "axis": 0},
]


@pytest.mark.parametrize("metric", SILENT, ids=str)
def test_what_keras_would_count_wrongly_without_a_word_is_refused(metric: dict[str, Any]) -> None:
    plan = plan_of("classes", "categorical_crossentropy", metric)
    assert isinstance(plan, str)
    assert "NT426" in plan
