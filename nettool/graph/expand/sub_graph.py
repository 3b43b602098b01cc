"""`views:` – the part of a network between some nodes and some others, over the same weights."""

from dataclasses import replace

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.graph.expand.calls import INNER_LAYER
from nettool.graph.expand.references import References
from nettool.graph.expand.scope import Scope
from nettool.graph.network import Graph, Node
from nettool.spec.network.views import ViewEntry

MOST_STEPS = 2_000_000
"""Views times nodes: each view looks at all nodes."""


def views(
    entries: tuple[ViewEntry, ...], graph: Graph, top: Scope, references: References, findings: Findings
) -> dict[str, Graph]:
    """The views by name; one that names what is not there, or needs more than it takes, is reported."""
    found: dict[str, Graph] = {}
    if len(entries) * len(graph.nodes) > MOST_STEPS:
        message = f"{len(entries):,} views of a network of {len(graph.nodes):,} nodes are too many"
        findings.add(Diagnostic("NT309", message, entries[0].name.span))
        return found
    for entry in entries:
        inputs = [references.address(top, name) for name in entry.inputs]
        outputs = [references.address(top, name) for name in entry.outputs]
        starts = tuple(address for address in inputs if address is not None)
        ends = tuple(address for address in outputs if address is not None)
        if len(starts) < len(inputs) or len(ends) < len(outputs):
            continue
        view = sub_graph(_with_inner_layers(graph, references), entry.name.value, starts, ends)
        missing = [
            node.name for node in view.nodes if node.operation == "InputLayer" and node.name not in starts
        ]
        if missing:
            message = f"the view `{entry.name.value}` also needs `{missing[0]}`, which it does not take"
            help_text = f"add `{missing[0]}` to its `inputs`, or start it further on"
            findings.add(Diagnostic("NT322", message, entry.name.span, help=help_text))
        else:
            found[entry.name.value] = view
    return found


def _with_inner_layers(graph: Graph, references: References) -> Graph:
    """The network with the layers inside applications that only views have asked for."""
    nodes = graph.by_name
    asked = [tap for tap in references.taps.values() if tap.address not in nodes]
    inner = (
        Node(
            tap.address,
            INNER_LAYER,
            {"layer": tap.layer},
            (tap.application,),
            nodes[tap.application].span,
            weights=(),
            groups=nodes[tap.application].groups,
        )
        for tap in asked
    )
    return replace(graph, nodes=(*graph.nodes, *inner)) if asked else graph


def sub_graph(graph: Graph, name: str, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> Graph:
    """The nodes that the outputs need, back to the inputs; an inner node that is an input becomes one."""
    by_name = graph.by_name
    needed: set[str] = set()
    ends = frozenset(inputs)
    waiting = list(outputs)
    while waiting:
        address = waiting.pop()
        if address not in needed:
            needed.add(address)
            waiting += () if address in ends else by_name[address].inputs
    nodes = tuple(
        _as_input(node) if node.name in ends else node for node in graph.nodes if node.name in needed
    )
    return Graph(name, _with_owners(nodes), tuple(each for each in inputs if each in needed), outputs)


def _as_input(node: Node) -> Node:
    if node.operation == "InputLayer":
        return node
    return Node(node.name, "InputLayer", {}, (), node.span, node.shape, (), dtype="float32")


def _with_owners(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """A shared layer whose first call is left out is owned by the first one that is left."""
    present = {node.name for node in nodes if node.owner is None}
    owners: dict[str, str] = {}
    kept: list[Node] = []
    for node in nodes:
        if node.owner is None or node.owner in present:
            kept.append(node)
            continue
        owner = owners.setdefault(node.owner, node.name)
        kept.append(replace(node, owner=None if owner == node.name else owner))
    return tuple(kept)
