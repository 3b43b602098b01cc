"""One batch through a network and back, operation by operation: what each node gives, and the gradients."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import keras
import tensorflow as tf

from nettool.engine.devices.backend import backend
from nettool.engine.model.tensors import node_tensors
from nettool.engine.nonfinite.replay import Batch
from nettool.graph.trainable_plan import TrainablePlan

Tensor = Any
"""Of whatever backend."""


@dataclass(frozen=True, slots=True, eq=False)
class OnePass:
    """The loss of a batch, what nodes give, and the loss's gradients by these and by weights (by their id).

    Only what has a fraction is there, and gradients only where there are some; none at all on JAX.
    """

    loss: float
    values: Mapping[str, Tensor]
    gradients: Mapping[str, Tensor] = field(default_factory=dict)
    weight_gradients: Mapping[int, Tensor] = field(default_factory=dict)
    has_gradients: bool = True


def one_pass(model: keras.Model, plan: TrainablePlan, batch: Batch) -> OnePass:
    """Take a batch through a compiled model as a step of training does, without learning anything from it.

    Layers draw and count on as they do in a step.
    """
    x, y, *rest = batch
    tensors = node_tensors(plan.graph, model)
    reader = keras.Model(model.inputs[0] if len(model.inputs) == 1 else model.inputs, tensors)

    def forward() -> tuple[Tensor, Mapping[str, Tensor]]:
        values = reader(x, training=True)
        answers = {output: values[output] for output in plan.graph.outputs}
        given = answers if len(answers) > 1 else answers[plan.graph.outputs[0]]
        weights = rest[0] if rest else None
        loss = model.compute_loss(x=x, y=y, y_pred=given, sample_weight=weights, training=True)
        return loss, {name: value for name, value in values.items() if _is_fraction(value)}

    if backend() == "tensorflow":
        return _and_back(model, forward)
    loss, values = forward()
    return OnePass(float(loss), values, has_gradients=False)


def _and_back(model: keras.Model, forward: Callable[[], tuple[Tensor, Mapping[str, Tensor]]]) -> OnePass:
    weights = model.trainable_variables
    with tf.GradientTape() as tape:
        loss, values = forward()
    by_node, by_weight = tape.gradient(loss, [values, [weight.value for weight in weights]])
    return OnePass(
        float(loss),
        values,
        {name: gradient for name, gradient in by_node.items() if gradient is not None},
        {
            id(weight): gradient
            for weight, gradient in zip(weights, by_weight, strict=True)
            if gradient is not None
        },
    )


def _is_fraction(value: Tensor) -> bool:
    return bool(keras.backend.is_float_dtype(keras.backend.standardize_dtype(value.dtype)))
