"""What a drawing of a network shows: nodes, with blocks and models as open as was asked; how large it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from nettool.graph.collapse import collapse_below, members
from nettool.graph.costs import Cost, cost_of, node_costs
from nettool.graph.network import Graph, Node
from nettool.graph.objectives import Loss
from nettool.graph.repeats import Repeat, repeats_once
from nettool.views.diagram.losses import DrawnLoss, drawn_losses

Direction = Literal["top-down", "left-right"]
Slide = Literal["16:9", "4:3"]
Depth = int | Literal["all"]
_MOST_OPEN = 500
"""Nodes that are found again on a page that opens and closes blocks."""
_MOST_QUICK = 1000
_MOST_RANKS_QUICK = 20_000
_FEW_RANKS = 1000


@dataclass(frozen=True, slots=True)
class Look:
    """How a network is drawn. `depth` levels of blocks and models are open.

    What is None is chosen so that the picture can be read on a page, or on the `slide`: depth, direction,
    and whether equal blocks in a row are drawn once (`repeats_once`: they are, unless `depth` is `all`). The
    others say what stands on a node besides its name and layer, and whether the caption explains signs.
    """

    depth: Depth | None = None
    shapes: bool = True
    parameters: bool = False
    multiply_adds: bool = False
    direction: Direction | None = None
    legend: bool = True
    repeats_once: bool | None = None
    slide: Slide | None = None

    @property
    def draws_repeats_once(self) -> bool:
        """Whether equal blocks in a row are drawn once."""
        return self.depth != "all" if self.repeats_once is None else self.repeats_once


@dataclass(frozen=True, slots=True)
class Drawn:
    """The graph that is drawn, the cost of each of its nodes, and what is in those that are closed boxes.

    `boxes` has the number of nodes inside by the box's name, `repeats` what is drawn once by the address of
    the first; `frozen` are nodes whose weights training leaves as they are. `whole` is the network as it is.
    """

    whole: Graph
    graph: Graph
    costs: Mapping[str, Cost]
    boxes: Mapping[str, int]
    repeats: Mapping[str, Repeat] = field(default_factory=dict)
    losses: tuple[DrawnLoss, ...] = ()
    frozen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Content:
    """How much of a network is drawn: open levels (None: all), and what is drawn once."""

    depth: int | None = None
    repeats_once: bool = False
    layers_once: bool = False


def drawn(graph: Graph, content: Content, losses: Sequence[Loss] = ()) -> Drawn:
    """The graph with as much of it as `content` says, and its losses where they are measured."""
    repeats: dict[str, Repeat] = {}
    shown = graph
    if content.repeats_once:
        shown, repeats = repeats_once(graph, content.depth, layers=content.layers_once)
    closed = shown if content.depth is None else collapse_below(shown, content.depth)
    inside = members(shown, closed)
    costs, known = node_costs(shown), shown.by_name
    return Drawn(
        graph,
        closed,
        {name: cost_of(nodes, costs) for name, nodes in inside.items()},
        {name: len(nodes) for name, nodes in inside.items() if name not in known},
        repeats,
        drawn_losses(losses, closed, repeats),
        frozenset(name for name, nodes in inside.items() if _is_frozen(nodes, known)),
    )


def _is_frozen(nodes: Sequence[Node], known: Mapping[str, Node]) -> bool:
    """Whether there are layers with weights among them, and all were said not to be trained."""
    layers = [node if node.owner is None else known[node.owner] for node in nodes]
    learning = [layer for layer in layers if layer.weights != ()]
    return bool(learning) and all(layer.options.get("trainable") is False for layer in learning)


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


def diagram_size(graph: Graph) -> DiagramSize:
    """That of the drawing with all of these nodes."""
    rank: dict[str, int] = {}
    ranks = 0
    for node in graph.nodes:
        sources = [rank[source] for source in node.inputs if source in rank]
        rank[node.name] = 1 + max(sources, default=-1)
        ranks += sum(rank[node.name] - source for source in sources)
    return DiagramSize(len(graph.nodes), ranks)


def open_levels(graph: Graph, depth: Depth | None) -> int | None:
    """The levels that are open at first where blocks open and close; None for all.

    They are those of `depth`; where it is None, as many as do not show too many nodes.
    """
    if depth is not None:
        return None if depth == "all" else depth
    if len(graph.nodes) <= _MOST_OPEN:
        return None
    deepest = max((len(node.groups) for node in graph.nodes), default=0)
    few = (
        level for level in range(deepest - 1, 0, -1) if len(collapse_below(graph, level).nodes) <= _MOST_OPEN
    )
    return next(few, 0)
