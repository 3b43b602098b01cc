"""Batches that are made while the network learns from those before them."""

from collections.abc import Callable
from math import prod
from typing import Any

import tensorflow as tf

from nettool.data.process_limits import processors

PARALLEL_BATCHES = processors() + 1
"""How many batches are made at the same time; what is in them does not depend on it. One of them waits for a
file, or for a process that decodes images, while the others compute."""

_MOST_WAITING = 8
_LEAST_WAITING = 2
_WAITING_BYTES = 64 << 20
"""So many batches, or so much of them, are ready before they are asked for."""


def pipeline(
    batch: Callable[[tf.Tensor], Any], first_step: int, end: int, batch_size: int
) -> tf.data.Dataset:
    """What `batch` makes of each step from `first_step` on, in order; steps are counted in int64."""
    dataset = tf.data.Dataset.range(first_step, end).map(batch, num_parallel_calls=PARALLEL_BATCHES)
    return dataset.prefetch(_waiting(dataset, batch_size)).with_options(_untuned())


def _waiting(dataset: tf.data.Dataset, batch_size: int) -> int:
    """How many batches wait to be taken."""
    tensors = tf.nest.flatten(dataset.element_spec)
    sample: int = sum(
        prod(length or 1 for length in tensor.shape[1:]) * tensor.dtype.size for tensor in tensors
    )
    return max(_LEAST_WAITING, min(_MOST_WAITING, _WAITING_BYTES // max(1, sample * batch_size)))


def _untuned() -> tf.data.Options:
    """Without TensorFlow's tuning of the pipeline, which can hold up the end of an epoch.

    The thread that tunes sleeps longer and longer, up to a minute; about one time in three it does not notice
    that the epoch is over, and the epoch waits for it to wake up (TensorFlow 2.21; benchmarks/epoch_end.py).
    """
    options = tf.data.Options()
    options.autotune.enabled = False
    return options
