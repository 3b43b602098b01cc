"""The arrays of a data set where TensorFlow can read them, in the type they are stored in and held once."""

from collections.abc import Callable
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
import tensorflow as tf

from nettool.data.column import Column, LazyValues, Part
from nettool.data.field import Field
from nettool.data.transforms.changed_values import prepare
from nettool.data.values.aligned import aligned
from nettool.data.values.within_type import check_within
from nettool.engine.input.unread_samples import noting_errors
from nettool.graph.network import Graph

Gather = Callable[[tf.Tensor], tf.Tensor]
"""Takes the positions of samples (a tensor of int64) and gives their values."""


def gather(column: Column) -> Gather:
    """What gives the values of a column at positions; the rows of the column need no copy of its values."""
    prepare(column)
    values_at = _in_memory(column.values) if isinstance(column.values, np.ndarray) else _lazy(column.values)
    if column.rows is None:
        return values_at
    rows = _shared(column.rows)
    return lambda positions: values_at(tf.gather(rows.values(), positions))


def _in_memory(values: np.ndarray[Any, Any]) -> Gather:
    shared = _shared(values)
    return lambda positions: tf.gather(shared.values(), positions)


def _lazy(values: LazyValues) -> Gather:
    """Reads a batch when it is asked for; several batches are read at the same time."""
    reading = noting_errors(values.read)

    def values_at(positions: tf.Tensor) -> tf.Tensor:
        read = tf.numpy_function(reading, [positions], values.dtype, stateful=False)
        return tf.ensure_shape(read, (None, *values.shape))

    return values_at


class _Shared:
    """An array and its tensor; lives as long as something gathers from it."""

    def __init__(self, array: np.ndarray[Any, Any]) -> None:
        self.array = array
        # tf.constant(array) would hold the values twice more, DLPack hands over the memory itself; and
        # tf.data copies a tensor that a pipeline uses, where a variable is used in place.
        with tf.device("CPU:0"):
            tensor = tf.experimental.dlpack.from_dlpack(aligned(array).__dlpack__())
            self.tensor = tf.Variable(tensor, trainable=False, name="samples")

    def values(self) -> tf.Tensor:
        """The values, for the pipeline that is being made.

        Gathering from the variable itself would copy all of it at the first batch: TensorFlow makes sure
        that it may write to what it gathers from, and the memory is not its own.
        """
        return self.tensor.read_value()


_in_use: WeakValueDictionary[int, _Shared] = WeakValueDictionary()


def _shared(array: np.ndarray[Any, Any]) -> _Shared:
    found = _in_use.get(id(array))
    if found is None:
        found = _in_use[id(array)] = _Shared(array)
    return found


def check_input(graph: Graph, name: str, dtype: str, field: Field, part: Part) -> None:
    """Raises DataError for numbers that would wrap around, and for negative ones in an Embedding."""
    column = part.columns[field.name]
    if not len(part):
        return
    rows = [each.name for each in graph.nodes if each.operation == "Embedding" and name in each.inputs]
    if rows:
        whole = dtype if dtype.removeprefix("u").startswith("int") else "int64"
        check_within(field.name, column, f"`{rows[0]}`, an Embedding,", whole, lowest=0)
    elif dtype.removeprefix("u").startswith("int"):
        check_within(field.name, column, f"the input `{name}` of {dtype}", dtype)
