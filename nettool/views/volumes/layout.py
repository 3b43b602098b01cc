"""Rows of boxes as a drawing: widths of columns, heights of lanes, and where each thing stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nettool.views.volumes.box_size import BoxSize
from nettool.views.volumes.drawing import Point
from nettool.views.volumes.lanes import START, Row
from nettool.views.volumes.routes import Bus, Route, Routes

_BUS = 8.0
_TRACK = 8.0
_ARROW = 20.0
LINE = 12.0
"""From one line of text to the next."""
_AIR = 6.0
_BETWEEN_LANES = 10.0


@dataclass(frozen=True, slots=True)
class Need:
    """What a volume needs: its box, the lines under it, and the lines above the arrow that leads to it.

    `joint` is the radius of the place where its edges come together, 0 where there is one edge at most.
    """

    box: BoxSize
    copies: int
    under: int
    under_width: float
    above: int
    above_width: float
    joint: float

    @property
    def half(self) -> float:
        """Half the height of the box, with the slant."""
        return (self.box.height + self.box.slant) / 2

    @property
    def box_width(self) -> float:
        """That of all its copies, with the slant."""
        return self.box.width * self.copies + self.box.slant


@dataclass(frozen=True, slots=True)
class Place:
    """Where a volume stands: the left end of its box, the height of its arrows, and where arrows end.

    `joint` is where several edges come together; `label` is the middle of what is said above the arrow.
    """

    left: float
    middle: float
    joint: float
    label: float


@dataclass(frozen=True, slots=True)
class Ways:
    """The points of each edge by (source, target), from the one box to the joint or the box of the other.

    `ends` are where arrows leave boxes, on their right.
    """

    places: Mapping[str, Place]
    ends: Mapping[str, float]
    lines: Mapping[tuple[str, str], tuple[Point, ...]]
    width: float
    height: float


def row_width(row: Row, needs: Mapping[str, Need]) -> float:
    """About how wide a row becomes, without the lines between its lanes."""
    columns: dict[int, list[Need]] = {}
    for name, column in row.columns.items():
        if name != START:
            columns.setdefault(column, []).append(needs[name])
    return sum(_gap_width(each, 1) + _column_width(each) for each in columns.values())


def placed(row: Row, routes: Routes, needs: Mapping[str, Need]) -> Ways:
    """Everything in its place, the upper left corner at (0, 0)."""
    tracks = _tracks(row, routes)
    heights = _heights(row, needs, tracks)
    grid = _Grid(row, needs, tracks, heights)
    x = 0.0
    for column in range(min(row.columns.values()), max(row.columns.values()) + 1):
        names = [name for name, each in row.columns.items() if each == column]
        if names == [START]:
            grid.places[START] = Place(0, heights.middles[row.lanes[START]], 0, 0)
            grid.ends[START] = 0
            continue
        here = [needs[name] for name in names]
        buses = routes.buses.get(column, ())
        grid.bus_at.update({(column, bus): x + _AIR + _BUS * number for number, bus in enumerate(buses)})
        label_from = x + _AIR + _BUS * len(buses)
        gap, width = _gap_width(here, len(buses)), _column_width(here)
        for name, need in zip(names, here, strict=True):
            left = x + gap + (width - need.box_width) / 2
            free_from = label_from + 2 * need.joint
            middle = heights.middles[row.lanes[name]]
            grid.places[name] = Place(left, middle, label_from + need.joint, (free_from + x + gap) / 2)
            grid.ends[name] = left + need.box_width
        x += gap + width
    lines = {(route.source, route.target): grid.line(route) for route in routes.edges}
    return Ways(grid.places, grid.ends, lines, x, heights.whole)


def _column_width(needs: Sequence[Need]) -> float:
    return max(max(need.box_width, need.under_width) for need in needs)


def _gap_width(needs: Sequence[Need], buses: int) -> float:
    wanted = max(max(_ARROW, need.above_width + _AIR) + 2 * need.joint for need in needs)
    return _AIR + _BUS * buses + wanted


@dataclass(frozen=True, slots=True)
class _Tracks:
    """The number of each way over boxes, counted up from its lane, and how many each lane has."""

    numbers: Mapping[tuple[str, str], int]
    counts: Mapping[int, int]


def _tracks(row: Row, routes: Routes) -> _Tracks:
    """Short ways lie below long ones, ways that have no column in common on one height."""
    numbers: dict[tuple[str, str], int] = {}
    lanes: dict[int, list[list[tuple[int, int]]]] = {}
    over = [route for route in routes.edges if route.over]
    for route in sorted(over, key=lambda each: row.columns[each.target] - row.columns[each.source]):
        begin, end = 2 * row.columns[route.source] + 1, 2 * row.columns[route.target]
        taken = lanes.setdefault(row.lanes[route.target], [])
        number = 0
        while number < len(taken) and any(begin <= other[1] and other[0] <= end for other in taken[number]):
            number += 1
        if number == len(taken):
            taken.append([])
        taken[number].append((begin, end))
        numbers[route.source, route.target] = number
    return _Tracks(numbers, {lane: len(taken) for lane, taken in lanes.items()})


@dataclass(frozen=True, slots=True)
class _Heights:
    """Of each lane, where its arrows run and where the ways over it begin; of the whole row."""

    middles: Mapping[int, float]
    tops: Mapping[int, float]
    whole: float


def _heights(row: Row, needs: Mapping[str, Need], tracks: _Tracks) -> _Heights:
    middles: dict[int, float] = {}
    tops: dict[int, float] = {}
    y = 0.0
    for lane in sorted(set(row.lanes.values())):
        here = [needs[name] for name, each in row.lanes.items() if each == lane and name != START]
        tops[lane] = y + _TRACK * tracks.counts.get(lane, 0)
        up = [max(need.half, need.joint, need.above * LINE + 4) for need in here]
        down = [need.half + need.under * LINE + 4 for need in here]
        middles[lane] = tops[lane] + max(up, default=0.0)
        y = middles[lane] + max(down, default=0.0) + _BETWEEN_LANES
    return _Heights(middles, tops, y - _BETWEEN_LANES)


@dataclass(frozen=True, slots=True)
class _Grid:
    """What the ways of edges are found from; places, right ends and upright lines come column by column."""

    row: Row
    needs: Mapping[str, Need]
    tracks: _Tracks
    heights: _Heights
    places: dict[str, Place] = field(default_factory=dict)
    ends: dict[str, float] = field(default_factory=dict)
    bus_at: dict[tuple[int, Bus], float] = field(default_factory=dict)

    def line(self, route: Route) -> tuple[Point, ...]:
        """The points of an edge."""
        source, target = self.places[route.source], self.places[route.target]
        radius = self.needs[route.target].joint
        end = target.joint if radius else target.left
        begin: tuple[Point, ...] = ((self.ends[route.source], source.middle),)
        if route.gap is not None and route.bus is not None:
            begin = (*begin, (self.bus_at[route.gap, route.bus], source.middle))
        if not route.over:
            x = begin[-1][0]
            turn = ((x, target.middle),) if target.middle != source.middle else ()
            return (*begin, *turn, (end - radius, target.middle))
        if route.gap is None and route.source != START:
            need = self.needs[route.source]
            begin = ((source.left + (need.box_width + need.box.slant) / 2, source.middle - need.half),)
        number = self.tracks.numbers[route.source, route.target]
        height = self.heights.tops[self.row.lanes[route.target]] - _TRACK * (number + 0.5)
        return (*begin, (begin[-1][0], height), (end, height), (end, target.middle - radius))
