"""What a drawing of a network shows: its nodes, with blocks and models as open or as closed as was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nettool.graph.collapse import collapse_below, members
from nettool.graph.costs import Cost, cost_of, node_costs
from nettool.graph.network import Graph

Direction = Literal["top-down", "left-right"]


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
