"""What each sample counts in the loss by its class, as tensors."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.data.transforms.choose_classes import ClassNames
from nettool.engine.input.samples import Gather, gather
from nettool.graph.bind.class_weights import labels_of, weights_at
from nettool.graph.trainable_plan import TrainablePlan
from nettool.spec.train.class_weights import Weights


def weights_by_class(plan: TrainablePlan, part: Part) -> dict[str, NDArray[np.float32]]:
    """A number for each class, by output; outputs that are not weighed are left out.

    `balanced` gives each class of the part the same sum: samples / (classes × samples of the class), as
    scikit-learn does. A class that nobody mentions, or that has no sample, counts 1.
    """
    written = plan.training.class_weights
    if not written:
        return {}
    found = {}
    for output, field in labels_of(plan.binding, [loss.output for loss in plan.losses]).items():
        weights = weights_at(written, output)
        if weights is not None:
            labels = part.columns[field.name].array()
            found[output] = _numbers(weights, field.classes, labels)
    return found


def sample_weights(plan: TrainablePlan, part: Part) -> dict[str, Gather] | None:
    """The weights of samples at positions, for every output; None when no class is weighed."""
    by_output = weights_by_class(plan, part)
    if not by_output:
        return None
    fields = {each.output: each.field for each in plan.binding.targets}
    return {
        output: _weights_at(by_output[output], gather(part.columns[fields[output]]))
        if output in by_output
        else _ones
        for output in plan.graph.outputs
    }


def class_weight_lines(plan: TrainablePlan, by_output: Mapping[str, NDArray[np.float32]]) -> list[str]:
    """A line for each output whose classes are weighed: the weights by the classes' names."""
    fields = {each.output: plan.binding.field(each.field) for each in plan.binding.targets}
    return [
        f"class weights of {output}: {_listed(fields[output].classes, numbers)}"
        for output, numbers in by_output.items()
    ]


MOST_LISTED = 12


def _listed(classes: Sequence[str], numbers: NDArray[np.float32]) -> str:
    pairs = [f"{name} {number:.3g}" for name, number in zip(classes, numbers, strict=True)]
    rest = len(pairs) - MOST_LISTED
    return ", ".join(pairs[:MOST_LISTED]) + (f" and {rest} more" if rest > 0 else "")


def _numbers(weights: Weights, classes: Sequence[str], labels: NDArray[Any]) -> NDArray[np.float32]:
    numbers = np.ones(len(classes), np.float32)
    if weights == "balanced":
        counts = np.bincount(labels.astype(np.int64).reshape(-1), minlength=len(classes))
        present = counts > 0
        numbers[present] = len(labels) / (present.sum() * counts[present])
        return numbers
    known = ClassNames(tuple(classes))
    for name, weight in weights.items():
        number = known.number(name)
        if number is not None:
            numbers[number] = weight
    return numbers


def _weights_at(numbers: NDArray[np.float32], labels_at: Gather) -> Gather:
    def weights(positions: tf.Tensor) -> tf.Tensor:
        return tf.reshape(tf.gather(numbers, tf.cast(labels_at(positions), tf.int64)), [-1])

    return weights


def _ones(positions: tf.Tensor) -> tf.Tensor:
    return tf.ones(tf.shape(positions), tf.float32)
