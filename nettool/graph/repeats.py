"""Equal blocks in a row, each feeding the next: found, so that a drawing shows them once, with `× 16`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from nettool.graph.network import Graph, Group, Node
from nettool.layers.outcome import Shape

_Signature = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`count` equal uses of a block (or equal layers) in a row, from the address `first` to `last`."""

    first: str
    last: str
    count: int


@dataclass(frozen=True, slots=True)
class _Unit:
    """A use of a block, or a layer: its nodes, and the nodes outside it that it takes up, in order."""

    address: str
    around: tuple[Group, ...]
    nodes: tuple[Node, ...]
    sources: tuple[str, ...]

    def local(self, name: str) -> str | None:
        """The name of one of its nodes as seen from inside; None for others."""
        if name == self.address:
            return ""
        return name.removeprefix(f"{self.address}.") if name.startswith(f"{self.address}.") else None


def repeats_once(
    graph: Graph, deepest: int | None = None, *, layers: bool = False
) -> tuple[Graph, dict[str, Repeat]]:
    """The graph with the first of equal blocks in a row in the place of all, and how often it stands for one.

    Blocks are equal when layers, options, literal weights, shapes and inner edges are, and what goes in has
    the shape of what comes out. Nothing but the next may read what comes out of one. Blocks further in than
    `deepest` levels are left as they are. With `layers`, equal layers in a row count, too. The repeats go by
    the address of the first.
    """
    depths = max((len(node.groups) for node in graph.nodes), default=0)
    found: dict[str, Repeat] = {}
    for depth in range(1 + (depths if deepest is None else min(depths, deepest))):
        graph, repeats = _at_depth(graph, depth, layers=layers)
        found |= repeats
    return graph, found


def _at_depth(graph: Graph, depth: int, *, layers: bool) -> tuple[Graph, dict[str, Repeat]]:
    units = _units(graph, depth, layers=layers)
    following = _following(graph, units)
    shapes = {node.name: node.shape for node in graph.nodes}
    repeats: dict[str, Repeat] = {}
    dropped: dict[str, str] = {}
    behind: set[str] = set()
    for unit in units.values():
        if unit.address in behind:
            continue
        run = _run(unit, following, shapes)
        behind |= {each.address for each in run}
        if len(run) > 1:
            repeats[unit.address] = Repeat(unit.address, run[-1].address, len(run))
            for each in run[1:]:
                dropped |= {node.name: kept.name for node, kept in zip(each.nodes, unit.nodes, strict=True)}
    return (_without(graph, dropped), repeats) if dropped else (graph, {})


def _run(first: _Unit, following: Mapping[str, _Unit], shapes: Mapping[str, Shape | None]) -> list[_Unit]:
    """The longest chain of equal units that starts with `first`."""
    run, way = [first], None
    while (after := following.get(run[-1].address)) is not None:
        before = run[-1]
        taken = tuple(before.local(name) for name in after.sources)
        pairs = list(zip(before.sources, after.sources, taken, strict=True))
        if any(name != earlier for earlier, name, local in pairs if local is None):
            break
        if any(shapes[earlier] != shapes[name] for earlier, name, _ in pairs):
            break
        if way not in (None, taken) or all(local is None for local in taken):
            break
        way = taken
        run.append(after)
    return run


def _units(graph: Graph, depth: int, *, layers: bool) -> dict[str, _Unit]:
    """The uses of blocks that `depth` others are around, by address; `layers`, too, when they are wanted."""
    found: dict[str, list[Node]] = {}
    for node in graph.nodes:
        if len(node.groups) > depth:
            found.setdefault(node.groups[depth].address, []).append(node)
        elif layers and len(node.groups) == depth:
            found[node.name] = [node]
    return {
        address: _Unit(address, nodes[0].groups[:depth], tuple(nodes), tuple(_outside(nodes)))
        for address, nodes in found.items()
    }


def _outside(nodes: Iterable[Node]) -> Iterator[str]:
    own = {node.name for node in nodes}
    yield from dict.fromkeys(name for node in nodes for name in node.inputs if name not in own)


def _following(graph: Graph, units: Mapping[str, _Unit]) -> dict[str, _Unit]:
    """By address of a unit the one that alone reads what comes out of it, and has an equal inside."""
    unit_of = {node.name: unit for unit in units.values() for node in unit.nodes}
    readers: dict[str, set[str | None]] = {address: set() for address in units}
    for name in graph.outputs:
        if name in unit_of:
            readers[unit_of[name].address].add(None)
    for node in graph.nodes:
        own = unit_of.get(node.name)
        taken = (*node.inputs, *([] if node.owner is None else [node.owner]))
        for unit in {source.address: source for name in taken if (source := unit_of.get(name))}.values():
            if own is None or own.address != unit.address:
                readers[unit.address].add(None if own is None else own.address)
    signatures: dict[str, _Signature | None] = {}

    def signature(unit: _Unit) -> _Signature | None:
        if unit.address not in signatures:
            signatures[unit.address] = _signature(unit)
        return signatures[unit.address]

    found = {}
    for unit in units.values():
        (reader, *others) = readers[unit.address] or {None}
        after = None if reader is None or others else units[reader]
        if after is None or (after.around, len(after.nodes)) != (unit.around, len(unit.nodes)):
            continue
        if signature(unit) is not None and signature(unit) == signature(after):
            found[unit.address] = after
    return found


def _signature(unit: _Unit) -> _Signature | None:
    """Everything that makes the unit what it is but its address; None when something of it is not known."""
    if any(node.shape is None or node.weights is None for node in unit.nodes):
        return None

    def seen(name: str) -> object:
        local = unit.local(name)
        return unit.sources.index(name) if local is None else local

    return tuple(
        (
            *(unit.local(node.name), node.operation, node.options, node.shape, node.weights),
            *(node.dtype, node.values, node.application, node.inner_cost),
            tuple(seen(name) for name in node.inputs),
            node.owner if node.owner is None or unit.local(node.owner) is None else unit.local(node.owner),
            tuple((unit.local(group.address), group.block, group.is_model) for group in node.groups),
        )
        for node in unit.nodes
    )


def _without(graph: Graph, dropped: Mapping[str, str]) -> Graph:
    """The graph without these nodes; who reads them reads those that stand for them."""
    kept = tuple(
        replace(
            node,
            inputs=tuple(dropped.get(name, name) for name in node.inputs),
            owner=None if node.owner is None else dropped.get(node.owner, node.owner),
        )
        for node in graph.nodes
        if node.name not in dropped
    )
    outputs = tuple(dict.fromkeys(dropped.get(name, name) for name in graph.outputs))
    return Graph(graph.name, kept, graph.inputs, outputs)


def repeated_addresses(repeat: Repeat) -> str:
    """The addresses from the first to the last: `res.1 … 16`, `one … four`."""
    before, dot, first = repeat.first.rpartition(".")
    same, _, last = repeat.last.rpartition(".")
    return f"{before}{dot}{first} … {last if same == before else repeat.last}"
