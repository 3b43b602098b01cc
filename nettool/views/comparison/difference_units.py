"""What is drawn of a difference: nodes, blocks in which nothing changed, long unchanged ways as one box."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from nettool.graph.network import Group
from nettool.views.comparison.network_difference import ComparedNode, Edge, Kind, NetworkDifference
from nettool.views.diagram.drawn import Depth, Direction

_SHORTEST_WAY = 3
"""Unchanged nodes in a row that are drawn as one box."""
_MOST_UNITS = 40
"""Boxes that are found again in one picture."""


@dataclass(frozen=True, slots=True)
class DifferenceLook:
    """How a difference is drawn; `depth` levels of changed blocks are open, None: as many as can be read."""

    depth: Depth | None = None
    direction: Direction = "top-down"
    legend: bool = True


@dataclass(frozen=True, slots=True)
class Unit:
    """One box: a node, or a closed block, or an unchanged way (several nodes without a block)."""

    name: str
    kind: Kind
    members: tuple[ComparedNode, ...]
    block: str | None = None

    @property
    def node(self) -> ComparedNode | None:
        """The node, if it is one."""
        return self.members[0] if len(self.members) == 1 and self.block is None else None

    @property
    def is_unchanged_part(self) -> bool:
        """Whether it stands for several nodes in which nothing differs."""
        return self.node is None and self.kind == "same"


@dataclass(frozen=True, slots=True)
class Drawn:
    """Boxes by key, and edges between them; `note` says what of them is not shown."""

    units: Mapping[str, Unit]
    edges: Mapping[Edge, Kind]
    note: str | None = None


def drawn_difference(difference: NetworkDifference, depth: Depth | None = None) -> Drawn:
    """The boxes with `depth` levels of changed blocks open; None: as many as can be looked at."""
    if depth is None:
        return usual_levels(difference)[0]
    return _at_depth(difference, _deepest(difference) if depth == "all" else depth)


def usual_levels(difference: NetworkDifference) -> list[Drawn]:
    """The boxes with ever more changed blocks closed, as far as they can be looked at; never none."""
    levels = [_at_depth(difference, level) for level in range(_deepest(difference), -1, -1)]
    return [drawn for drawn in levels if len(drawn.units) <= _MOST_UNITS] or levels[-1:]


def _deepest(difference: NetworkDifference) -> int:
    return max((len(each.node.groups) for each in difference.nodes.values()), default=0)


def _at_depth(difference: NetworkDifference, depth: int) -> Drawn:
    quiet = _quiet_groups(difference)
    homes: dict[str, str] = {}
    blocks: dict[str, Group] = {}
    for key, each in difference.nodes.items():
        groups = each.node.groups
        closed = next(
            (group for level, group in enumerate(groups) if level >= depth or group.address in quiet), None
        )
        homes[key] = key if closed is None else f"▣ {closed.address}"
        if closed is not None:
            blocks[homes[key]] = closed
    members: dict[str, list[ComparedNode]] = {}
    for key, each in difference.nodes.items():
        members.setdefault(homes[key], []).append(each)
    rewired = {
        homes[source]
        for (source, target), kind in difference.edges.items()
        if kind != "same" and homes[source] == homes[target]
    }
    units = {
        home: Unit(
            blocks[home].address if home in blocks else nodes[0].node.name,
            _kind_of(nodes, rewired=home in rewired),
            tuple(nodes),
            blocks[home].block if home in blocks else None,
        )
        for home, nodes in members.items()
    }
    return _folded(Drawn(units, _edges(difference.edges, homes)))


def _quiet_groups(difference: NetworkDifference) -> frozenset[str]:
    """Addresses of blocks in which no node and no edge differs."""
    loud: set[str] = set()
    addresses = {key: {group.address for group in each.node.groups} for key, each in difference.nodes.items()}
    for key, each in difference.nodes.items():
        if each.kind != "same":
            loud |= addresses[key]
    for (source, target), kind in difference.edges.items():
        if kind != "same":
            loud |= addresses[source] & addresses[target]
    return frozenset(address for known in addresses.values() for address in known if address not in loud)


def _kind_of(nodes: list[ComparedNode], *, rewired: bool) -> Kind:
    """What became of several nodes; `rewired` says that edges between them differ."""
    kinds = {each.kind for each in nodes}
    if kinds in ({"added"}, {"removed"}) or (len(kinds) == 1 and not rewired):
        return nodes[0].kind
    if rewired:
        return "changed"
    return "reshaped" if kinds == {"same", "reshaped"} else "changed"


def _edges(edges: Mapping[Edge, Kind], homes: Mapping[str, str]) -> dict[Edge, Kind]:
    found: dict[Edge, Kind] = {}
    for (source, target), kind in edges.items():
        edge = (homes[source], homes[target])
        if edge[0] != edge[1]:
            found[edge] = kind if found.get(edge, kind) == kind else "same"
    return found


def _folded(drawn: Drawn) -> Drawn:
    """Long ways of units in which nothing differs as one; those beside a change stay, to show where it is."""
    leaving = Counter(source for source, _ in drawn.edges)
    arriving = Counter(target for _, target in drawn.edges)
    near = {name for edge in drawn.edges for name in edge if _is_loud(drawn, edge)}
    quiet = {key for key, unit in drawn.units.items() if unit.kind == "same" and key not in near}
    homes = {key: key for key in drawn.units}
    follows = {
        target: source
        for source, target in drawn.edges
        if source in quiet and target in quiet and leaving[source] == arriving[target] == 1
    }
    for key in drawn.units:
        if key in follows:
            homes[key] = homes[follows[key]]
    sizes = Counter(homes.values())
    homes = {key: home if sizes[home] >= _SHORTEST_WAY else key for key, home in homes.items()}
    ways: dict[str, list[Unit]] = {}
    for key, unit in drawn.units.items():
        ways.setdefault(homes[key], []).append(unit)
    units = {home: way[0] if len(way) == 1 else _way(way) for home, way in ways.items()}
    return Drawn(units, _edges(drawn.edges, homes))


def _way(units: list[Unit]) -> Unit:
    members = tuple(member for unit in units for member in unit.members)
    return Unit(f"{units[0].name} … {units[-1].name}", "same", members)


def _is_loud(drawn: Drawn, edge: Edge) -> bool:
    return drawn.edges[edge] != "same" or any(drawn.units[name].kind != "same" for name in edge)
