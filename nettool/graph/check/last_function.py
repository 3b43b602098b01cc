"""Which activation function an output ends in, seen through layers that only reshape or randomize."""

from dataclasses import dataclass

from nettool.graph.network import Node
from nettool.layers.catalogue import catalogue, layers_with

SHARES = frozenset({"softmax", "sparsemax"})
"""Functions whose values are the shares of a whole: they sum to 1."""


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
        return node.operation in layers_with("same values")
    return node.operation == "Activation" and name == "linear"


def learns_nothing(operation: str) -> bool:
    """Whether a layer hands values on, one for one and without weights."""
    if operation in layers_with("same values"):
        return True
    layer = catalogue().get(operation)
    is_activation = layer is not None and (layer.activation is not None or operation == "Activation")
    return is_activation and operation != "PReLU"


def _function(node: Node) -> str | None:
    layer = catalogue().get(node.operation)
    if layer is None or layer.activation is not None:
        return None if layer is None else layer.activation
    if "activation" not in layer.options:
        return None
    return str(node.options.get("activation", layer.options["activation"].default) or "linear")
