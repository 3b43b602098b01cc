"""What is done in JAX's own way: its devices, and a pass over batches as a chain of states."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jax
import keras
import tensorflow as tf

from nettool.engine.devices.device_choice import DeviceChoice
from nettool.engine.failures import NotPossible

State = tuple[list[jax.Array], ...]
"""Values of a model's variables: trainable, others, metrics'."""

TestStep = Callable[[State, Any], tuple[tuple[Any, State], Any]]
"""Takes a state and a batch; gives what Keras's test step gives (metrics and a state), and the answers."""


def gpus() -> Sequence[Any]:
    """Those of this machine that JAX can use."""
    try:
        found: Sequence[Any] = jax.devices("gpu")
    except RuntimeError:  # how JAX says that there is none
        return ()
    return found


def use(choice: DeviceChoice, present: Sequence[Any]) -> None:
    """Compute there. Raises NotPossible for several devices.

    TensorFlow, which only makes the batches, is kept from taking a GPU's memory for itself.
    """
    if len(choice.numbers) > 1:
        raise NotPossible(f"{choice}: several devices need the backend tensorflow; jax computes on one")
    device = present[choice.numbers[0]] if choice.kind == "gpu" else jax.devices("cpu")[0]
    jax.config.update("jax_default_device", device)
    if tf.config.list_physical_devices("GPU"):
        tf.config.set_visible_devices([], "GPU")


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
