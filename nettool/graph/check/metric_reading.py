"""How a metric must read the numbers of an output, so that it measures what they mean."""

from typing import Literal

from nettool.graph.check.output_meaning import OutputMeaning

Reading = Literal["as they are", "sigmoid", "softmax", "squashed"]
"""What is made of the numbers first. `squashed` keeps their order, within 0 and 1; a half stays a half."""

ABOVE_A_THRESHOLD = frozenset(
    {
        *("BinaryAccuracy", "Precision", "Recall", "BinaryIoU", "F1Score", "FBetaScore"),
        *("TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives"),
    }
)
"""Metrics that count what lies above a threshold between 0 and 1."""

AT_EVERY_THRESHOLD = frozenset(
    {
        *("AUC", "PrecisionAtRecall", "RecallAtPrecision"),
        *("SensitivityAtSpecificity", "SpecificityAtSensitivity"),
    }
)
"""Metrics that try all thresholds between 0 and 1: only the order of the numbers matters."""

BETWEEN_UNITS = frozenset(
    {
        *("CategoricalAccuracy", "SparseCategoricalAccuracy"),
        *("TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy"),
        *("IoU", "MeanIoU", "OneHotIoU", "OneHotMeanIoU"),
    }
)
"""Metrics that look for the unit with the highest number."""

CROSSENTROPIES = {
    "BinaryCrossentropy": "sigmoid logits",
    "CategoricalCrossentropy": "softmax logits",
    "SparseCategoricalCrossentropy": "softmax logits",
}
"""Metrics of probabilities that also take logits, as their option `from_logits` says, and which."""

OF_PROBABILITIES = frozenset({*CROSSENTROPIES, "KLDivergence"})
"""Metrics to which other numbers mean nothing."""

_SIGNED = frozenset({"Hinge", "SquaredHinge", "CategoricalHinge"})


def reading_of(metric: str, meaning: OutputMeaning) -> Reading:
    """By the metric's class; `accuracy` must have become one of Keras's."""
    numbers = meaning.numbers
    if metric in BETWEEN_UNITS or metric in _SIGNED or CROSSENTROPIES.get(metric) == numbers:
        return "as they are"
    if numbers == "softmax logits":
        return "softmax"
    if numbers == "sigmoid logits":
        return "sigmoid"
    if metric not in ABOVE_A_THRESHOLD | AT_EVERY_THRESHOLD:
        return "as they are"
    if numbers == "signed scores":
        return "sigmoid"
    return "squashed" if numbers != "probabilities" and metric in AT_EVERY_THRESHOLD else "as they are"
