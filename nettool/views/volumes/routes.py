"""The way of each edge of a row: along a lane, from lane to lane before a column, or over the boxes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from nettool.views.volumes.lanes import Row

Bus = tuple[str, str]
"""Edges from one source (`from`, name) or to one target (`to`, name), which share an upright line."""


@dataclass(frozen=True, slots=True)
class Route:
    """The way of one edge. `gap` is the column before which it changes lanes, on the line of `bus`.

    Where it is `over` boxes, it runs above the lane of its target and comes down before it.
    """

    source: str
    target: str
    gap: int | None = None
    bus: Bus | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Routes:
    """All edges of a row, and the upright lines in each gap, from left to right."""

    edges: tuple[Route, ...]
    buses: Mapping[int, tuple[Bus, ...]]


@dataclass
class _Room:
    """Which places in the lanes hold a volume, and for whose edges the others are kept.

    `leaving` and `arriving` are the numbers of edges by volume.
    """

    row: Row
    volumes: frozenset[tuple[int, int]]
    leaving: Mapping[str, int]
    arriving: Mapping[str, int]
    kept: dict[tuple[int, int], str] = field(default_factory=dict)

    def take(self, lane: int, source: str, target: str, owner: str) -> bool:
        """Keep the places of a lane between two volumes for `owner`, where all are free or its own."""
        between = range(self.row.columns[source] + 1, self.row.columns[target])
        places = [(lane, column) for column in between]
        if any(place in self.volumes or self.kept.get(place, owner) != owner for place in places):
            return False
        self.kept |= dict.fromkeys(places, owner)
        return True


def routes_of(row: Row) -> Routes:
    """The ways of all edges: those of different volumes may cross, but never lie on each other."""
    room = _Room(
        row,
        frozenset((row.lanes[name], row.columns[name]) for name in row.columns),
        Counter(source for source, _ in row.edges),
        Counter(target for _, target in row.edges),
    )
    in_lane = {edge: row.lanes[edge[0]] == row.lanes[edge[1]] for edge in row.edges}
    spans = {edge: row.columns[edge[1]] - row.columns[edge[0]] for edge in row.edges}
    order = sorted(row.edges, key=lambda edge: (not in_lane[edge], spans[edge]))
    found = {edge: _route(room, *edge) for edge in order}
    edges = [found[edge] for edge in row.edges]
    buses: dict[int, tuple[Bus, ...]] = {}
    for gap in sorted({route.gap for route in edges if route.gap is not None}):
        buses[gap], edges = _ordered(row, gap, edges)
    return Routes(tuple(edges), buses)


def _route(room: _Room, source: str, target: str) -> Route:
    row = room.row
    before, after = row.columns[source] + 1, row.columns[target]
    if row.lanes[source] == row.lanes[target]:
        return Route(source, target, over=not room.take(row.lanes[source], source, target, source))
    if room.take(row.lanes[source], source, target, source):
        shares_source = before == after and room.leaving[source] > 1 and room.arriving[target] == 1
        return Route(source, target, after, ("from", source) if shares_source else ("to", target))
    if room.take(row.lanes[target], source, target, target):
        return Route(source, target, before, ("from", source))
    return Route(source, target, before, ("from", source), over=True)


def _ordered(row: Row, gap: int, edges: list[Route]) -> tuple[tuple[Bus, ...], list[Route]]:
    """The upright lines of a gap so that what comes along a lane ends before what goes on along it begins.

    Where no order is right, edges go over the boxes.
    """
    waiting = list(dict.fromkeys(route.bus for route in edges if route.gap == gap and route.bus is not None))
    order: list[Bus] = []
    while waiting:
        coming = {bus: _lanes(row, gap, edges, bus, of_target=False) for bus in waiting}
        going = {bus: _lanes(row, gap, edges, bus, of_target=True) for bus in waiting}
        ready = [
            bus for bus in waiting if not any(coming[each] & going[bus] for each in waiting if each != bus)
        ]
        if ready:
            order.append(ready[0])
            waiting.remove(ready[0])
        else:
            first = waiting[0]
            edges = [
                replace(route, over=True) if (route.gap, route.bus) == (gap, first) else route
                for route in edges
            ]
    return tuple(order), edges


def _lanes(row: Row, gap: int, edges: Sequence[Route], bus: Bus, *, of_target: bool) -> frozenset[int]:
    """The lanes along which edges come to an upright line, or go on from it."""
    own = [route for route in edges if (route.gap, route.bus) == (gap, bus)]
    if of_target:
        return frozenset(row.lanes[route.target] for route in own if not route.over)
    return frozenset(row.lanes[route.source] for route in own)
