"""Steps of training that TensorFlow runs operation by operation, without tracing them into a graph first."""

from collections.abc import Iterator
from contextlib import contextmanager

import tensorflow as tf

from nettool.engine.devices.backend import backend


@contextmanager
def without_tracing() -> Iterator[None]:
    """Within the block functions run as they are: for a few steps, tracing costs many times the steps.

    The numbers are those of a graph, up to rounding. JAX, which has no such choice in Keras, stays as it is.
    """
    if backend() != "tensorflow":
        yield
        return
    before = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(before)
