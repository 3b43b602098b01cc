"""Titles of frames moved to where no arrow crosses them."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygraphviz import AGraph

Point = tuple[float, float]
_INDENT = 8.0
_CLEARANCE = 4.0
"""Points between a title and an arrow."""
_PIECES = 8
"""Straight pieces that stand for a curve."""


def clear_titles(drawing: "AGraph") -> list[str]:
    """Move the titles in a drawing that is laid out; the names of frames whose title found no free place."""
    curves = [list(curve_points(edge.attr["pos"])) for edge in drawing.edges() if edge.attr["pos"]]
    return [frame.name for frame in frames(drawing) if not _clear(frame, curves)]


def frames(drawing: "AGraph") -> Iterator["AGraph"]:
    """All frames, outer ones first."""
    for inner in drawing.subgraphs():
        if inner.name.startswith("cluster_"):
            yield inner
            yield from frames(inner)


def _clear(frame: "AGraph", curves: Iterable[list[Point]]) -> bool:
    left, _, right, _ = numbers(frame.graph_attr["bb"])
    _, middle = numbers(frame.graph_attr["lp"])
    width, height = (72 * float(frame.graph_attr[name]) for name in ("lwidth", "lheight"))
    taken = sorted(crossings(curves, middle - height / 2, middle + height / 2))
    start, end = left + _INDENT, right - _INDENT
    for low, high in [*taken, (end + _CLEARANCE, right)]:
        if start + width <= min(low - _CLEARANCE, end):
            frame.graph_attr["lp"] = f"{start + width / 2:.2f},{middle:.2f}"
            return True
        start = max(start, high + _CLEARANCE)
    return False


def crossings(curves: Iterable[list[Point]], bottom: float, top: float) -> Iterator[tuple[float, float]]:
    """The spans along the width in which a curve is between these heights."""
    for curve in curves:
        for (x, y), (next_x, next_y) in pairwise(curve):
            if min(y, next_y) <= top and max(y, next_y) >= bottom:
                yield min(x, next_x), max(x, next_x)


def curve_points(position: str) -> Iterator[Point]:
    """The points of an edge as Graphviz writes it: `e,X,Y` for the tip of the arrow, then Bézier curves."""
    parts = position.split()
    tips = [numbers(part[2:]) for part in parts if part[0] in "es"]
    points = [numbers(part) for part in parts if part[0] not in "es"]
    yield points[0][0], points[0][1]
    for index in range(0, len(points) - 3, 3):
        (a, b), (c, d), (e, f), (g, h) = points[index : index + 4]
        for step in range(1, _PIECES + 1):
            t = step / _PIECES
            weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
            yield (
                sum(weight * x for weight, x in zip(weights, (a, c, e, g), strict=True)),
                sum(weight * y for weight, y in zip(weights, (b, d, f, h), strict=True)),
            )
    yield from ((tip[0], tip[1]) for tip in tips)


def numbers(text: str) -> tuple[float, ...]:
    """`1,2.5` → (1.0, 2.5)."""
    return tuple(float(number) for number in text.split(","))
