"""Each use of a model as the one layer that it is: for tables, which would otherwise list its inside."""

from dataclasses import replace

from nettool.graph.network import Graph, Group, Node


def collapse_models(graph: Graph) -> Graph:
    """The graph with every outermost use of a model in the place of the nodes inside it.

    Its operation is the model's name, its weights are those of all layers inside, its shape is that of the
    output that goes on. A further use of the same model has the first one as its owner.
    """
    outer = {node.name: group for node in graph.nodes if (group := _outermost_model(node)) is not None}
    if not outer:
        return graph
    names = {name: group.address for name, group in outer.items()}
    nodes: dict[str, Node] = {}
    for node in graph.nodes:
        group = outer.get(node.name)
        if group is None:
            nodes[node.name] = replace(node, inputs=_outside(node.inputs, names, ""))
        else:
            found = nodes.get(group.address) or _use(group, node)
            nodes[group.address] = _with(found, node, names)
    return Graph(
        graph.name,
        tuple(nodes.values()),
        graph.inputs,
        tuple(dict.fromkeys(names.get(output, output) for output in graph.outputs)),
    )


def _outermost_model(node: Node) -> Group | None:
    return next((group for group in node.groups if group.is_model), None)


def _use(group: Group, first: Node) -> Node:
    around = first.groups[: first.groups.index(group)]
    return Node(group.address, group.block, {}, (), first.span, weights=(), groups=around)


def _with(use: Node, node: Node, names: dict[str, str]) -> Node:
    """The use of a model with one more of its inner nodes; they come in computing order, the output last."""
    inputs = (*use.inputs, *_outside(node.inputs, names, use.name))
    if node.owner is not None and names.get(node.owner) not in (None, use.name):
        return replace(use, inputs=_unique(inputs), shape=node.shape, owner=names[node.owner])
    fresh = node.weights if node.owner is None else ()
    weights = None if use.weights is None or fresh is None else (*use.weights, *fresh)
    return replace(use, inputs=_unique(inputs), shape=node.shape, weights=weights)


def _outside(inputs: tuple[str, ...], names: dict[str, str], inside: str) -> tuple[str, ...]:
    return tuple(name for each in inputs if (name := names.get(each, each)) != inside)


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
