"""Which activation function an output ends in, seen through layers that only reshape or randomize."""

from dataclasses import dataclass

from nettool.graph.network import Node
from nettool.layers.catalogue import catalogue

RANDOM = frozenset(
    {
        *("Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise"),
        *("SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"),
    }
)
"""Layers that change values at random while training."""

SHARES = frozenset({"softmax", "sparsemax"})
"""Functions whose values are the shares of a whole: they sum to 1."""

_SEEN_THROUGH = RANDOM | {"Flatten", "Reshape", "Permute", "Identity", "ActivityRegularization"}
_LAYERS = {"Softmax": "softmax", "ReLU": "relu", "LeakyReLU": "leaky_relu", "PReLU": "prelu", "ELU": "elu"}

NO_LEARNING = _SEEN_THROUGH | (_LAYERS.keys() - {"PReLU"}) | {"Activation"}
"""Layers that hand values on, one for one and without weights."""


@dataclass(frozen=True, slots=True)
class LastFunction:
    """An activation by Keras's name (`linear` where there is none) and the node that applies it."""

    name: str
    node: Node


def last_function(node: Node) -> LastFunction | None:
    """The function of the node that an output ends in (of those that change values); None if it has none."""
    name = _function(node) if len(node.inputs) == 1 else None
    return None if name is None else LastFunction(name, node)


def keeps_values(node: Node) -> bool:
    """Whether a node leaves the function before it the last one."""
    name = _function(node)
    if name is None:
        return node.operation in _SEEN_THROUGH
    return node.operation == "Activation" and name == "linear"


def _function(node: Node) -> str | None:
    if node.operation in _LAYERS:
        return _LAYERS[node.operation]
    definition = catalogue().get(node.operation)
    if definition is None or "activation" not in definition.options:
        return None
    return str(node.options.get("activation", definition.options["activation"].default) or "linear")
