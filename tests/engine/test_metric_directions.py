from typing import Any

import pytest

from nettool.vocabulary.keras_names import metrics
from nettool.vocabulary.metric_directions import HIGHER_IS_BETTER, direction_of

pytestmark = pytest.mark.keras

NEEDED: dict[str, dict[str, Any]] = {
    "IoU": {"num_classes": 2, "target_class_ids": [0]},
    "MeanIoU": {"num_classes": 2},
    "OneHotIoU": {"num_classes": 2, "target_class_ids": [0]},
    "OneHotMeanIoU": {"num_classes": 2},
    "PrecisionAtRecall": {"recall": 0.5},
    "RecallAtPrecision": {"precision": 0.5},
    "SensitivityAtSpecificity": {"specificity": 0.5},
    "SpecificityAtSensitivity": {"sensitivity": 0.5},
}
OURS = {"FalseNegatives": "min", "FalsePositives": "min", "TrueNegatives": "max", "TruePositives": "max"}
"""Keras has no opinion about counts."""


@pytest.mark.parametrize("name", metrics())
def test_a_metric_is_better_where_keras_says_so(name: str) -> None:
    import keras

    direction = getattr(getattr(keras.metrics, name)(**NEEDED.get(name, {})), "_direction", None)
    theirs = OURS[name] if direction is None else {"up": "max", "down": "min"}[direction]
    assert direction_of(name) == theirs


def test_every_metric_in_the_list_is_one() -> None:
    assert HIGHER_IS_BETTER - {"accuracy"} <= metrics().keys()
