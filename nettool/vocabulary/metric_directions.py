"""Which of Keras's metrics are better the higher they are; all others are better the lower."""

from typing import Literal

Direction = Literal["min", "max"]
"""Whether less or more of it is better."""

VALIDATION_PREFIX = "val_"
"""What stands before the name of a loss or metric of the validation set."""

HIGHER_IS_BETTER = frozenset(
    {
        *("accuracy", "Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy"),
        *("TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy"),
        *("AUC", "Precision", "Recall", "PrecisionAtRecall", "RecallAtPrecision"),
        *("SensitivityAtSpecificity", "SpecificityAtSensitivity", "TruePositives", "TrueNegatives"),
        *("F1Score", "FBetaScore", "R2Score", "ConcordanceCorrelation", "PearsonCorrelation"),
        *("BinaryIoU", "IoU", "MeanIoU", "OneHotIoU", "OneHotMeanIoU", "CosineSimilarity"),
    }
)


def direction_of(metric: str) -> Direction:
    """`max` for a metric that is better the higher it is; by its class name, or `accuracy`."""
    return "max" if metric in HIGHER_IS_BETTER else "min"


def sort_value(value: float, direction: Direction) -> float:
    """What to sort by, so that the best comes first."""
    return value if direction == "min" else -value
