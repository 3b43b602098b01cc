"""Shapes without lengths that vary: what every node gives once all open lengths are one number."""

from nettool.data.random_part import UNKNOWN_LENGTH
from nettool.graph.network import Graph
from nettool.layers.infer import infer
from nettool.layers.outcome import Outcome, Shape


def stand_in_shapes(graph: Graph) -> dict[str, Shape]:
    """A shape for each node; where no rule knows better, its own shape with the number for open lengths."""
    nodes = graph.by_name
    shapes: dict[str, Shape] = {}
    for node in graph.nodes:
        shape = _closed(node.shape or ())
        if node.inputs and None in (node.shape or ()):
            owner = nodes[node.owner or node.name]
            given = tuple(shapes[name] for name in node.inputs)
            outcome = infer(owner.operation, given, owner.options)
            shape = _closed(outcome.shape) if isinstance(outcome, Outcome) and outcome.shape else shape
        shapes[node.name] = shape
    return shapes


def _closed(shape: Shape) -> Shape:
    return tuple(UNKNOWN_LENGTH if length is None else length for length in shape)
