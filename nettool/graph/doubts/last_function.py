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


def last_function(nodes: dict[str, Node], output: str) -> LastFunction | None:
    """The function that an output ends in; None where no layer before it has one to say."""
    node = nodes[output]
    while len(node.inputs) == 1:
        name = _function(node)
        if name is not None and not (node.operation == "Activation" and name == "linear"):
            return LastFunction(name, node)
        if name is None and node.operation not in _SEEN_THROUGH:
            return None
        node = nodes[node.inputs[0]]
    return None


def _function(node: Node) -> str | None:
    if node.operation in _LAYERS:
        return _LAYERS[node.operation]
    definition = catalogue().get(node.operation)
    if definition is None or "activation" not in definition.options:
        return None
    return str(node.options.get("activation", definition.options["activation"].default) or "linear")
