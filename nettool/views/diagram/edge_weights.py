"""How much each edge of a drawing should be straight and short, so that the main way runs straight down."""

from collections import Counter
from collections.abc import Mapping

from nettool.graph.network import Graph, Node

_SHORTCUT, _BRANCH, _CHAIN = 1, 3, 10


def edge_weights(graph: Graph) -> dict[tuple[str, str], int]:
    """A weight for Graphviz by (from, to): shortcuts bend, branches spread evenly, chains stay straight.

    A shortcut joins two nodes between which a longer way runs as well (the identity in a residual block).
    """
    nodes = graph.by_name
    edges = [(source, node.name) for node in graph.nodes for source in node.inputs]
    shortcuts = {edge for edge in edges if _has_longer_way(nodes, *edge)}
    leaving = Counter(edge[0] for edge in edges if edge not in shortcuts)
    arriving = Counter(edge[1] for edge in edges if edge not in shortcuts)

    def weight(source: str, target: str) -> int:
        if (source, target) in shortcuts:
            return _SHORTCUT
        return _CHAIN if leaving[source] == arriving[target] == 1 else _BRANCH

    return {edge: weight(*edge) for edge in edges}


def _has_longer_way(nodes: Mapping[str, Node], source: str, target: str) -> bool:
    """Whether `target` can be reached from `source` through other nodes."""
    waiting = [name for name in nodes[target].inputs if name != source]
    seen = set(waiting)
    while waiting:
        for name in nodes[waiting.pop()].inputs:
            if name == source:
                return True
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return False
