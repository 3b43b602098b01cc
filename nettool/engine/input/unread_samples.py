"""Samples that cannot be read: TensorFlow makes errors of its own of them, which are undone here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nettool.data.failure import DataError

Read = Callable[[NDArray[np.int64]], NDArray[Any]]

_noted: list[DataError] = []
"""What went wrong since the last beginning: the errors are raised in threads of TensorFlow's."""


def noting_errors(read: Read) -> Read:
    """The same reading, for a pipeline of TensorFlow's; a DataError that it raises is noted."""

    def reading(rows: NDArray[np.int64]) -> NDArray[Any]:
        try:
            return read(rows)
        except DataError as error:
            _noted.append(error)
            raise

    return reading


@contextmanager
def noted_errors_raised() -> Iterator[None]:
    """Around what consumes batches (also as a decorator): the DataError that stopped it is what is raised."""
    _noted.clear()
    try:
        yield
    except tf.errors.OpError as error:
        if _noted:
            raise _noted[0] from error
        raise
