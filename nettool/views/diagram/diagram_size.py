"""How much there is to lay out in a drawing of a network, and which of its blocks are better closed."""

from dataclasses import dataclass

from nettool.graph.collapse import collapse_below
from nettool.graph.network import Graph

_MOST_READABLE = 500
"""Nodes that are found again in one picture."""
_MOST_QUICK = 1000
_MOST_RANKS_QUICK = 20_000
_FEW_RANKS = 1000


@dataclass(frozen=True, slots=True)
class DiagramSize:
    """Nodes that are drawn, and ranks that edges cross: each crossing is laid out as a node is."""

    nodes: int
    ranks: int

    @property
    def is_quick(self) -> bool:
        """Whether it is laid out within seconds."""
        return self.nodes <= _MOST_QUICK and self.ranks <= _MOST_RANKS_QUICK

    @property
    def has_few_ranks(self) -> bool:
        """Whether the best places can be looked for without end."""
        return self.ranks <= _FEW_RANKS


def diagram_size(graph: Graph, depth: int | None = None) -> DiagramSize:
    """That of the drawing with `depth` levels of blocks and models open."""
    shown = graph if depth is None else collapse_below(graph, depth)
    rank: dict[str, int] = {}
    ranks = 0
    for node in shown.nodes:
        sources = [rank[source] for source in node.inputs if source in rank]
        rank[node.name] = 1 + max(sources, default=-1)
        ranks += sum(rank[node.name] - source for source in sources)
    return DiagramSize(len(shown.nodes), ranks)


def readable_depth(graph: Graph) -> int | None:
    """The most levels of blocks that can be open in a picture that is read; None for all, as for `Look`."""
    if len(graph.nodes) <= _MOST_READABLE:
        return None
    deepest = max((len(node.groups) for node in graph.nodes), default=0)
    for depth in range(deepest - 1, 0, -1):
        if len(collapse_below(graph, depth).nodes) <= _MOST_READABLE:
            return depth
    return 0
