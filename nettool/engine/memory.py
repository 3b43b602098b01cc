"""About how much memory a training takes."""

from dataclasses import dataclass
from math import prod

import keras
import numpy as np
from tensorflow import as_dtype

from nettool.data.column import Part
from nettool.graph.network import Graph


@dataclass(frozen=True, slots=True)
class Memory:
    """In bytes. What TensorFlow itself takes, and room for the work of single operations, comes besides."""

    weights: int
    optimizer: int
    gradients: int
    activations: int
    data: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.weights + self.optimizer + self.gradients + self.activations + self.data


def estimated_memory(model: keras.Model, graph: Graph, batch_size: int, parts: tuple[Part, ...]) -> Memory:
    """Of a compiled model whose optimizer is built.

    Activations are what all nodes give for a batch, kept for the way back, and the gradients of these: 32
    bits each, or 16 where the layers compute in 16. A length that is open counts as 1.
    """
    numbers = sum(prod(length or 1 for length in node.shape or ()) for node in graph.nodes)
    width = 2 if keras.config.dtype_policy().compute_dtype.endswith("16") else 4
    return Memory(
        _bytes(model.variables),
        _bytes(model.optimizer.variables),
        _bytes(model.trainable_variables),
        2 * width * batch_size * numbers,
        _held(parts),
    )


def _bytes(variables: list[keras.Variable]) -> int:
    return sum(prod(each.shape) * as_dtype(each.dtype).size for each in variables)


def _held(parts: tuple[Part, ...]) -> int:
    """Arrays are shared between parts, so each counts once; what is read when it is needed counts nothing."""
    arrays = {
        id(column.values): column.values.nbytes
        for part in parts
        for column in part.columns.values()
        if isinstance(column.values, np.ndarray)
    }
    return sum(arrays.values())
