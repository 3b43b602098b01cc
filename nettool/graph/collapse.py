"""Uses of blocks and models as single boxes, for tables and drawings that would else show their inside."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from nettool.graph.network import Graph, Group, Node
from nettool.layers.outcome import Weight

Chosen = Callable[[Node], Group | None]
"""The use that a node disappears in; None for a node that stays."""


def collapse_models(graph: Graph) -> Graph:
    """The graph with every outermost use of a model in the place of the nodes inside it.

    Its operation is the model's name, its weights are those of all layers inside, its shape is that of the
    output that goes on. A further use of the same model has the first one as its owner.
    """
    return _collapsed(graph, lambda node: next((group for group in node.groups if group.is_model), None))


def collapse_below(graph: Graph, depth: int) -> Graph:
    """The graph with `depth` levels of blocks and models open, and everything further in as single boxes."""
    return _collapsed(graph, lambda node: node.groups[depth] if len(node.groups) > depth else None)


def members(graph: Graph, collapsed: Graph) -> dict[str, tuple[Node, ...]]:
    """The nodes of the graph by the node of the collapsed one that stands for them."""
    boxes: dict[str, list[Node]] = {node.name: [] for node in collapsed.nodes}
    for node in graph.nodes:
        name = next((group.address for group in node.groups if group.address in boxes), node.name)
        boxes[name].append(node)
    return {name: tuple(nodes) for name, nodes in boxes.items()}


def _collapsed(graph: Graph, chosen: Chosen) -> Graph:
    groups = {node.name: group for node in graph.nodes if (group := chosen(node)) is not None}
    if not groups:
        return graph
    names = {name: group.address for name, group in groups.items()}
    leaving = _leaving(graph, names)
    nodes: dict[str, Node] = {}
    for node in graph.nodes:
        group = groups.get(node.name)
        if group is None:
            owner = None if node.owner is None else names.get(node.owner, node.owner)
            nodes[node.name] = replace(node, inputs=_outside(node.inputs, names, ""), owner=owner)
        else:
            found = nodes.get(group.address) or _use(group, node)
            nodes[group.address] = _with(found, node, names, goes_on=node.name in leaving)
    return Graph(
        graph.name,
        tuple(nodes.values()),
        graph.inputs,
        tuple(dict.fromkeys(names.get(output, output) for output in graph.outputs)),
    )


def _leaving(graph: Graph, names: Mapping[str, str]) -> frozenset[str]:
    """The nodes inside a use that something outside it takes up."""
    taken = {
        source for node in graph.nodes for source in node.inputs if names.get(source) != names.get(node.name)
    }
    return frozenset(taken.union(graph.outputs))


def _use(group: Group, first: Node) -> Node:
    around = first.groups[: first.groups.index(group)]
    return Node(group.address, group.block, {}, (), first.span, weights=(), groups=around)


def _with(use: Node, node: Node, names: Mapping[str, str], *, goes_on: bool) -> Node:
    """The use with one more of its inner nodes; they come in computing order."""
    inputs = tuple(dict.fromkeys((*use.inputs, *_outside(node.inputs, names, use.name))))
    shape = node.shape if goes_on else use.shape
    fresh = node.weights if node.owner is None else ()
    weights = None if use.weights is None or fresh is None else (*use.weights, *fresh)
    return replace(use, inputs=inputs, shape=shape, weights=weights, owner=_owner(use, node, names, weights))


def _owner(use: Node, node: Node, names: Mapping[str, str], weights: tuple[Weight, ...] | None) -> str | None:
    """Whose layers the use applies again, as long as it has none of its own."""
    if weights != ():
        return None
    owner = None if node.owner is None else names.get(node.owner, node.owner)
    return use.owner if owner in (None, use.name) else use.owner or owner


def _outside(inputs: tuple[str, ...], names: Mapping[str, str], inside: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in inputs if (name := names.get(each, each)) != inside))
