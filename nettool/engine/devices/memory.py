"""About how much memory a training takes."""

from math import prod

import keras
import numpy as np
from tensorflow import as_dtype

from nettool.data.column import Part
from nettool.engine.devices.memory_parts import Memory
from nettool.graph.network import Graph

GRADIENTS_AT_A_TIME = 2
"""Of what a node gives and of what it is given; those of the nodes after it are not needed any more."""


def size_text(size: int) -> str:
    """So many bytes as people say it: `35 MiB`, `1.2 GiB`."""
    mebibytes = size / 1024**2
    return f"{mebibytes / 1024:,.1f} GiB" if mebibytes >= 1000 else f"{mebibytes:,.0f} MiB"


def estimated_memory(model: keras.Model, graph: Graph, batch_size: int, parts: tuple[Part, ...]) -> Memory:
    """Of a model; its optimizer counts as far as it is built.

    Activations are what all nodes give for a batch, kept for the way back, and there the gradients of two at
    a time: 32 bits each, or 16 where the layers compute in 16. A length that is open counts as 1. Against the
    measured growth of a process from batch to batch this was 1.1 times as much for plain convolutions, 1.4
    for inception modules and 1.6 for a ResNet, where sums and activations take the place of what they are
    made of.
    """
    given = [prod(length or 1 for length in node.shape or ()) for node in graph.nodes]
    numbers = sum(given) + GRADIENTS_AT_A_TIME * max(given, default=0)
    width = 2 if keras.config.dtype_policy().compute_dtype.endswith("16") else 4
    return Memory(
        _bytes(model.variables),
        0 if model.optimizer is None else _bytes(model.optimizer.variables),
        _bytes(model.trainable_variables),
        width * batch_size * numbers,
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
