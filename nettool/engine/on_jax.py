"""What is done in JAX's own way: its functions take a model's state and give the next one."""

from collections.abc import Callable, Iterator
from typing import Any

import jax
import keras
import tensorflow as tf

State = tuple[list[jax.Array], ...]
"""Values of a model's variables: trainable, others, metrics'."""

TestStep = Callable[[State, Any], tuple[tuple[Any, State], Any]]
"""Takes a state and a batch; gives what Keras's test step gives (figures and a state), and the answers."""


def tested(model: keras.Model, step: TestStep, batches: tf.data.Dataset) -> Iterator[Any]:
    """Put each batch through the step; the answers. At the end the metrics have moved on."""
    compiled = jax.jit(step) if model.jit_compile else step
    state: State | None = None
    for batch in batches.as_numpy_iterator():
        if state is None:
            # Metrics and losses get their variables when they first see a batch.
            model._symbolic_build(data_batch=batch)
            state = tuple([each.value for each in group] for group in _variables(model))
        (_, state), answers = compiled(state, batch)
        yield answers
    if state is not None:
        for variables, values in zip(_variables(model), state, strict=True):
            for variable, value in zip(variables, values, strict=True):
                variable.assign(value)


def _variables(model: keras.Model) -> tuple[list[keras.Variable], ...]:
    return model.trainable_variables, model.non_trainable_variables, model.metrics_variables
