"""What is done in TensorFlow's own way."""

from collections.abc import Callable, Iterator
from typing import Any

import keras
import tensorflow as tf

TestStep = Callable[[Any], tuple[Any, Any]]
"""Takes a batch; gives what Keras's test step gives, and the model's answers."""


def tested(model: keras.Model, step: TestStep, batches: tf.data.Dataset) -> Iterator[Any]:
    """Put each batch through the step, which moves the metrics on; the answers."""

    def answers(batch: Any) -> Any:  # noqa: ANN401 - whatever structure the batches have
        return step(batch)[1]

    # For a batch of known size Keras weighs the losses of several outputs by it, otherwise each batch alike.
    compiled = tf.function(answers, [batches.element_spec], jit_compile=model.jit_compile, autograph=False)
    return map(compiled, batches)
