"""What a network costs for one sample: multiply-adds by node, and the memory that its outputs take."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod

from nettool.graph.expand.calls import INNER_LAYER
from nettool.graph.network import Graph, Node
from nettool.layers.catalogue import layers_with
from nettool.layers.multiply_adds import multiply_adds

NUMBER_BYTES = 4
"""Of a float32, in which networks compute unless they are told otherwise."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one sample on its way through a node, or through several: None where it is not known."""

    multiply_adds: int | None = 0
    output_bytes: int | None = 0


@dataclass(frozen=True, slots=True)
class Total:
    """A sum, which is `at_least` that much when some of its parts are not known."""

    known: int
    unknown: tuple[str, ...] = ()

    @property
    def exact(self) -> int | None:
        """The sum; None when it is only a lower bound."""
        return None if self.unknown else self.known


def node_costs(graph: Graph, number_bytes: int = NUMBER_BYTES) -> dict[str, Cost]:
    """The cost of each node; `number_bytes` is the size of the numbers that layers compute with."""
    nodes = graph.by_name
    return {node.name: Cost(_products(node, nodes), _bytes(node, number_bytes)) for node in graph.nodes}


def cost_of(members: Iterable[Node], costs: Mapping[str, Cost]) -> Cost:
    """The cost of several nodes together."""
    own = [costs[node.name] for node in members]
    return Cost(_sum(cost.multiply_adds for cost in own), _sum(cost.output_bytes for cost in own))


def total_multiply_adds(costs: Mapping[str, Cost]) -> Total:
    """Of the whole network."""
    return _total({name: cost.multiply_adds for name, cost in costs.items()})


def total_output_bytes(costs: Mapping[str, Cost]) -> Total:
    """Of the whole network: what training keeps of each sample until the way back has come by."""
    return _total({name: cost.output_bytes for name, cost in costs.items()})


def _products(node: Node, nodes: Mapping[str, Node]) -> int | None:
    if node.operation in ("InputLayer", INNER_LAYER):
        return 0
    if node.application:
        return None if node.inner_cost is None else node.inner_cost.multiply_adds
    shapes = [nodes[source].shape for source in node.inputs]
    known = tuple(shape for shape in shapes if shape is not None)
    if node.shape is None or node.weights is None or len(known) < len(shapes):
        return None
    return multiply_adds(node.operation, known, node.shape, node.weights, node.options)


def _bytes(node: Node, number_bytes: int) -> int | None:
    if node.operation in layers_with("same numbers"):
        return 0
    if node.application:
        numbers = None if node.inner_cost is None else node.inner_cost.output_numbers
        return None if numbers is None else numbers * number_bytes
    lengths = [length for length in node.shape or () if length is not None]
    if node.shape is None or len(lengths) < len(node.shape):
        return None
    return prod(lengths) * (number_bytes if node.dtype is None else _dtype_bytes(node.dtype))


def _dtype_bytes(dtype: str) -> int:
    """`float32` → 4; 1 for `bool`."""
    bits = re.search(r"\d+", dtype)
    return int(bits[0]) // 8 if bits else 1


def _total(parts: Mapping[str, int | None]) -> Total:
    known = sum(part for part in parts.values() if part is not None)
    return Total(known, tuple(name for name, part in parts.items() if part is None))


def _sum(parts: Iterable[int | None]) -> int | None:
    found = list(parts)
    known = [part for part in found if part is not None]
    return sum(known) if len(known) == len(found) else None
