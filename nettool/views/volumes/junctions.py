"""Where edges of one volume part or come together: lines that only cross get no dot."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from nettool.views.volumes.drawing import Point

Edge = tuple[str, str]


def junctions(lines: Mapping[Edge, tuple[Point, ...]]) -> tuple[Point, ...]:
    """Points from which edges with the same source, or the same target, go on in three or four directions."""
    directions: dict[tuple[str, int, Point], set[tuple[int, int]]] = {}
    for end in (0, 1):
        groups: dict[str, list[tuple[Point, ...]]] = {}
        for edge, points in lines.items():
            groups.setdefault(edge[end], []).append(points)
        for name, group in groups.items():
            turns = {point for points in group for point in points[1:-1]} if len(group) > 1 else set()
            for turn in turns:
                found = {direction for points in group for direction in _directions(points, turn)}
                directions[name, end, turn] = found
    return tuple(sorted({turn for (_, _, turn), found in directions.items() if len(found) > 2}))


def _directions(points: tuple[Point, ...], at: Point) -> Iterator[tuple[int, int]]:
    """Where a line along the axes goes from one of its points: as steps to the right and down."""
    for one, other in pairwise(points):
        if _is_between(at, one, other):
            for far in (one, other):
                if far != at:
                    yield _sign(far[0] - at[0]), _sign(far[1] - at[1])


def _is_between(point: Point, one: Point, other: Point) -> bool:
    return all(min(one[axis], other[axis]) <= point[axis] <= max(one[axis], other[axis]) for axis in (0, 1))


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
