"""What a drawing of a network shows: nodes, with blocks and models as open as was asked; how large it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nettool.graph.collapse import collapse_below, members
from nettool.graph.costs import Cost, cost_of, node_costs
from nettool.graph.network import Graph

Direction = Literal["top-down", "left-right"]
_MOST_READABLE = 500
"""Nodes that are found again in one picture."""
_MOST_QUICK = 1000
_MOST_RANKS_QUICK = 20_000
_FEW_RANKS = 1000


@dataclass(frozen=True, slots=True)
class Look:
    """How a network is drawn. `depth` levels of blocks and models are open, all of them when it is None.

    The others say what stands on a node besides its name and layer, and whether the caption explains signs.
    """

    depth: int | None = None
    shapes: bool = True
    parameters: bool = False
    multiply_adds: bool = False
    direction: Direction = "top-down"
    legend: bool = True


@dataclass(frozen=True, slots=True)
class Drawn:
    """The graph that is drawn, the cost of each of its nodes, and what is in those that are closed boxes.

    `boxes` has the number of nodes inside by the box's name; `whole` is the network as it is.
    """

    whole: Graph
    graph: Graph
    costs: Mapping[str, Cost]
    boxes: Mapping[str, int]


def drawn(graph: Graph, depth: int | None = None) -> Drawn:
    """The graph with `depth` levels of its blocks and models open."""
    costs = node_costs(graph)
    if depth is None:
        return Drawn(graph, graph, costs, {})
    collapsed = collapse_below(graph, depth)
    inside = members(graph, collapsed)
    known = graph.by_name
    return Drawn(
        graph,
        collapsed,
        {name: cost_of(nodes, costs) for name, nodes in inside.items()},
        {name: len(nodes) for name, nodes in inside.items() if name not in known},
    )


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
