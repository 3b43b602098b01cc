"""Which form of a target each loss and metric takes: a class number, a row of values, or a list of labels."""

from typing import Literal

from nettool.graph.objectives import Loss, Metric

Form = Literal["number", "row", "labels"]
"""A class number; as many values as the answer has (for a class 0s and a 1); a list of labels."""

CTC = "CTC"
"""The one loss whose target is a list, shorter than the steps of the answer; label 0 is its blank."""

NUMBER_LOSSES = frozenset({"SparseCategoricalCrossentropy", "CategoricalGeneralizedCrossEntropy", "Circle"})
"""Losses whose target is a class number."""

SPARSE = {
    "CategoricalAccuracy": "SparseCategoricalAccuracy",
    "TopKCategoricalAccuracy": "SparseTopKCategoricalAccuracy",
    "CategoricalCrossentropy": "SparseCategoricalCrossentropy",
}
"""Metrics of a row and the same of a class number: whichever is written, the one that fits is used."""

ACCURACY_NAMES = frozenset({"accuracy", "acc", "Accuracy"})
"""The names that mean: the accuracy that goes with this target."""

OVERLAPS = frozenset({"IoU", "MeanIoU"})
"""Metrics that take class numbers or rows, as their option `sparse_y_true` says."""

_OF_NUMBER_OR_ROW = frozenset({*ACCURACY_NAMES, *SPARSE, *SPARSE.values()})


def forms_taken(objective: Loss | Metric, units: int | None) -> frozenset[Form]:
    """The forms of a target that a loss or metric can do with, at an output of so many units."""
    if isinstance(objective, Loss):
        return frozenset({_form_of_loss(objective.name)})
    if objective.name in _OF_NUMBER_OR_ROW:
        return frozenset({"number", "row"})
    if objective.name in OVERLAPS:
        said = objective.options.get("sparse_y_true")
        if said is None or units == 1:
            return frozenset({"number", "row"})
        return frozenset({"number" if said else "row"})
    return frozenset({"row"})


def form_of(objectives: tuple[Loss | Metric, ...], units: int | None) -> Form:
    """The form of an output's target: what its first loss takes; without a loss, what its metrics take."""
    losses = [each for each in objectives if isinstance(each, Loss)]
    if losses:
        return _form_of_loss(losses[0].name)
    return "number" if any(forms_taken(each, units) == {"number"} for each in objectives) else "row"


def _form_of_loss(name: str) -> Form:
    if name == CTC:
        return "labels"
    return "number" if name in NUMBER_LOSSES else "row"
