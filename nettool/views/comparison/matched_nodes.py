"""Which node of one network is which of another: by name first, then by layer and place."""

from collections.abc import Iterator, Mapping

from nettool.graph.network import Graph, Node
from nettool.layers.catalogue import catalogue
from nettool.views.comparison.differences import differences
from nettool.vocabulary.keras_names import applications

_BY_AXIS = ("kernel_size", "strides", "pool_size", "size", "dilation_rate")


def matched_nodes(before: Graph, after: Graph) -> dict[str, str]:
    """Names in the first network by names in the second.

    Nodes of one name are the same node. Of the others, two are the same if they are of one layer and stand in
    one place: they take the same inputs, or feed the same nodes; where their options differ, both. Inputs of
    one shape are the same in the order in which they are written.
    """
    same = {node.name: node.name for node in after.nodes if node.name in before.by_name}
    left = {node.name: node for node in before.nodes if node.name not in same}
    right = {node.name: node for node in after.nodes if node.name not in same}
    users_before, users_after = _users(before), _users(after)
    found = True
    while found:
        found = False
        for name, node in right.items():
            if name in same:
                continue
            place = _Place(node, users_after[name], same)
            best = max(
                (each for each in left.values() if each.operation == node.operation),
                key=lambda each: place.likeness(each, users_before[each.name]),
                default=None,
            )
            if best is not None and place.likeness(best, users_before[best.name]) > 0:
                same[name] = best.name
                del left[best.name]
                found = True
    return same


class _Place:
    """Where a node of the second network stands, in names of the first."""

    def __init__(self, node: Node, users: frozenset[str], same: Mapping[str, str]) -> None:
        self.node = node
        self.inputs = tuple(same.get(name) for name in node.inputs)
        self.users = frozenset(same.get(name) for name in users)

    def likeness(self, other: Node, users: frozenset[str]) -> int:
        """How much a node of the first network is this one; 0: it is not."""
        has_inputs = self.inputs == other.inputs and bool(self.inputs)
        has_users = self.users == users and bool(users)
        is_input = not other.inputs
        if not (has_inputs or has_users or is_input):
            return 0
        is_equal = not differences([own_facts(other), own_facts(self.node)])
        is_there = has_users and (has_inputs or is_input)
        return 1 + has_inputs + has_users + 2 * is_equal if is_equal or is_there else 0


def own_facts(node: Node) -> Mapping[str, object]:
    """What the spec says of a node by itself: its layer and all options, defaults filled in."""
    known = applications().get(node.operation) if node.application else catalogue().get(node.operation)
    options = {} if known is None else known.options
    defaults = {name: option.default for name, option in options.items() if not option.required}
    facts = {"layer": node.operation, **defaults, **node.options}
    facts |= {name: _for_all_axes(facts[name]) for name in _BY_AXIS if name in facts}
    if node.operation == "InputLayer":
        facts["shape"] = list(node.shape or ())
    return facts | ({"weights": dict(node.values)} if node.values else {})


def _for_all_axes(value: object) -> object:
    """One length where all axes have the same: `[3, 3]` and 3 mean the same."""
    if isinstance(value, (list, tuple)) and value and all(each == value[0] for each in value):
        return value[0]
    return value


def _users(graph: Graph) -> dict[str, frozenset[str]]:
    users: dict[str, set[str]] = {node.name: set() for node in graph.nodes}
    for node, source in _edges(graph):
        users[source].add(node)
    return {name: frozenset(names) for name, names in users.items()}


def _edges(graph: Graph) -> Iterator[tuple[str, str]]:
    for node in graph.nodes:
        for source in node.inputs:
            yield node.name, source
