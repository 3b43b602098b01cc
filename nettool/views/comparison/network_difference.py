"""Two networks as one: nodes and edges that are in both, in the first alone, in the second alone."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from nettool.graph.network import Graph, Node
from nettool.views.comparison.differences import Difference, differences
from nettool.views.comparison.matched_nodes import matched_nodes, own_facts

Kind = Literal["same", "added", "removed", "changed", "renamed", "reshaped"]
"""What became of a node. `reshaped`: the spec says the same, but output or weights have another size."""
Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ComparedNode:
    """A node in both networks or in one; `changes` are its layer, options and shape where they differ."""

    before: Node | None
    after: Node | None
    kind: Kind
    changes: tuple[Difference, ...] = ()

    @property
    def node(self) -> Node:
        """The node as it is now; as it was, if it is no more."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def is_renamed(self) -> bool:
        """Whether it has another name now."""
        return self.before is not None and self.after is not None and self.before.name != self.after.name

    @property
    def key(self) -> str:
        """What it is called in this comparison: a removed node may have the name of another one."""
        return self.node.name if self.after is not None else f"− {self.node.name}"


@dataclass(frozen=True, slots=True)
class NetworkDifference:
    """Nodes by key, in computing order of the second network, what was removed behind what fed it; edges."""

    before: Graph
    after: Graph
    nodes: Mapping[str, ComparedNode]
    edges: Mapping[Edge, Kind]
    elsewhere: tuple[Difference, ...] = ()

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many nodes of each kind there are; a renamed one may be changed as well, and counts twice."""
        counts = Counter(each.kind for each in self.nodes.values())
        counts["renamed"] = sum(each.is_renamed for each in self.nodes.values())
        return counts

    @property
    def is_empty(self) -> bool:
        """Whether the two networks are the same, names included."""
        return all(each.kind == "same" for each in self.nodes.values()) and set(self.edges.values()) <= {
            "same"
        }


def network_difference(
    before: Graph, after: Graph, elsewhere: tuple[Difference, ...] = ()
) -> NetworkDifference:
    """What is to be done to the first network to have the second; `elsewhere` is what else the specs say."""
    same = matched_nodes(before, after)
    old = before.by_name
    keys = {was: now for now, was in same.items()}
    removed = [ComparedNode(node, None, "removed") for node in before.nodes if node.name not in keys]
    keys |= {each.node.name: each.key for each in removed}
    nodes = {}
    for node in after.nodes:
        was = old.get(same.get(node.name, ""))
        nodes[node.name] = ComparedNode(None, node, "added") if was is None else _compared(was, node, keys)
    edges: dict[Edge, Kind] = {}
    old_edges = {(keys[source], keys[node.name]) for node in before.nodes for source in node.inputs}
    for node in after.nodes:
        edges |= {
            (source, node.name): "same" if (source, node.name) in old_edges else "added"
            for source in node.inputs
        }
    edges |= {edge: "removed" for edge in sorted(old_edges) if edge not in edges}
    return NetworkDifference(before, after, _in_order(nodes, removed, keys), edges, elsewhere)


def _compared(was: Node, now: Node, keys: Mapping[str, str]) -> ComparedNode:
    old, new = dict(own_facts(was)), dict(own_facts(now))
    if was.operation != now.operation:
        # Defaults of different layers say nothing of what was changed.
        old, new = ({"layer": each.operation, **each.options} for each in (was, now))
    old["shares weights with"] = None if was.owner is None else keys[was.owner]
    new["shares weights with"] = now.owner
    sources = [keys[source] for source in was.inputs]
    if sources != list(now.inputs) and sorted(sources) == sorted(now.inputs):
        old["from"], new["from"] = sources, list(now.inputs)
    changes = differences([old, new])
    shapes = differences([{"shape": _listed(was.shape)}, {"shape": _listed(now.shape)}])
    counts = differences([{"parameters": was.parameter_count}, {"parameters": now.parameter_count}])
    effects = (*(each for each in shapes if "shape" not in {change.path for change in changes}), *counts)
    if changes:
        return ComparedNode(was, now, "changed", (*changes, *effects))
    if effects:
        return ComparedNode(was, now, "reshaped", effects)
    return ComparedNode(was, now, "same" if was.name == now.name else "renamed")


def _listed(shape: tuple[int | None, ...] | None) -> object:
    return None if shape is None else list(shape)


def _in_order(
    nodes: Mapping[str, ComparedNode], removed: list[ComparedNode], keys: Mapping[str, str]
) -> dict[str, ComparedNode]:
    """Removed nodes stand behind the last of what fed them, or at the beginning."""
    behind: dict[str, list[ComparedNode]] = {}
    place = {name: number for number, name in enumerate(nodes)}
    anchors: dict[str, str] = {}
    for each in removed:
        sources = [anchors.get(keys[source], keys[source]) for source in each.node.inputs]
        anchor = max(sources, key=lambda name: place.get(name, -1), default="")
        anchors[each.key] = anchor
        behind.setdefault(anchor, []).append(each)

    def ordered() -> Iterator[ComparedNode]:
        yield from behind.get("", ())
        for name, each in nodes.items():
            yield each
            yield from behind.get(name, ())

    return {each.key: each for each in ordered()}
