"""The weights in a model's file, read without Keras: a look at them need not wait for TensorFlow."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nettool.graph.network import Graph, Node
from nettool.graph.trained_weights import LayerWeights
from nettool.record.checkpoints.model_file import opened_weights

if TYPE_CHECKING:
    import h5py
    from numpy.typing import NDArray

_NUMBERS = "biuf"


def stored_weights(model: Path, graph: Graph) -> tuple[LayerWeights, ...] | None:
    """Those of every layer that has any, in computing order, a shared layer once.

    None where only Keras can tell which array is which: for layers within layers, layers that no rule knows,
    numbers that NumPy has no type for, and files of another form than Keras 3 gives them. Raises RunDamaged,
    FileNotFoundError and OSError.
    """
    owners = [node for node in graph.nodes if node.owner is None and node.weights != ()]
    if any(node.weights is None or node.application for node in owners):
        return None
    with opened_weights(model) as file:
        arrays = _by_layer(file)
    found = [_matched(node, arrays.get(node.name, ())) for node in owners]
    return None if None in found else tuple(each for each in found if each is not None)


def _by_layer(file: h5py.File) -> Mapping[str, tuple[NDArray[Any], ...]]:
    """The arrays that a layer holds itself, in Keras's order, by the layer's name."""
    found = {}
    for group in file["layers"].values() if "layers" in file else ():
        own = group.get("vars")
        if own is not None and "name" in own.attrs:
            found[str(own.attrs["name"])] = tuple(own[place][()] for place in sorted(own, key=int))
    return found


def _matched(node: Node, arrays: tuple[NDArray[Any], ...]) -> LayerWeights | None:
    """The arrays under the names that the rules give them, if there are as many, of the same shapes."""
    weights = node.weights or ()
    if [weight.shape for weight in weights] != [array.shape for array in arrays]:
        return None
    if any(array.dtype.kind not in _NUMBERS for array in arrays):
        return None
    named = {weight.name: array for weight, array in zip(weights, arrays, strict=True)}
    return LayerWeights(node.name, node.operation, named)
