"""Shapes without lengths that vary: what every node gives once it is known what the inputs are fed."""

from collections.abc import Mapping

from nettool.graph.network import Graph
from nettool.layers.infer import infer
from nettool.layers.outcome import Outcome, Shape


def stand_in_shapes(graph: Graph) -> dict[str, Shape]:
    """A shape for each node; where no rule knows better, its own shape with the number for open lengths."""
    from nettool.data.sources.random_part import UNKNOWN_LENGTH

    shapes = shapes_fed(graph, {}, UNKNOWN_LENGTH)
    return {name: _closed(shape or (), UNKNOWN_LENGTH) for name, shape in shapes.items()}


def shapes_fed(graph: Graph, fed: Mapping[str, Shape], unknown: int | None = None) -> dict[str, Shape | None]:
    """A shape for each node once the inputs are `fed` these shapes; what is still open is `unknown`.

    A node whose rule refuses these shapes keeps its own, and None stands for a shape that no rule knows.
    """
    nodes = graph.by_name
    shapes: dict[str, Shape | None] = {}
    for node in graph.nodes:
        shape = fed.get(node.name, node.shape) if not node.inputs else node.shape
        given = [shapes.get(name) for name in node.inputs]
        known = tuple(each for each in given if each is not None)
        if given and shape is not None and None in shape and len(known) == len(given):
            owner = nodes[node.owner or node.name]
            outcome = infer(owner.operation, known, owner.options)
            shape = outcome.shape if isinstance(outcome, Outcome) else shape
        shapes[node.name] = None if shape is None else _closed(shape, unknown)
    return shapes


def _closed(shape: Shape, unknown: int | None) -> Shape:
    return tuple(unknown if length is None else length for length in shape)
