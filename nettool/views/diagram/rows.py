"""A long network in rows, one under the other, or in columns side by side: a line leads on to the next."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

from nettool.views.diagram.cut_rows import ROW_GAP, TURN
from nettool.views.diagram.drawn import Direction, Drawn, Look
from nettool.views.diagram.frame_titles import Point, frames, numbers
from nettool.views.diagram.lay_out import LaidOut, lay_out, parsed
from nettool.views.diagram.network_diagram import PAD, Row, caption_dot, rows_dot

if TYPE_CHECKING:
    from pygraphviz import AGraph

_CORNER = 8.0
"""Radius of a line's corners, in points."""
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


def lay_out_rows(
    rows: Sequence[Row], subject: Drawn, direction: Direction, look: Look, title: str, notes: Sequence[str]
) -> LaidOut:
    """The drawing of these rows with the caption above them; rows go from left to right or top down."""
    drawing = parsed(rows_dot(rows, subject, direction, look))
    parts = [lay_out(rows_dot([row], subject, direction, look)).drawing for row in rows]
    boxes: list[Box] = []
    edge = 0.0
    for part in parts:
        left, bottom, right, top = numbers(part.graph_attr["bb"])
        if direction == "left-right":
            box = (TURN, edge - (top - bottom), TURN + right - left, edge)
            edge = box[1] - ROW_GAP
        else:
            box = (edge, -TURN - (top - bottom), edge + right - left, -TURN)
            edge = box[2] + ROW_GAP
        _move(drawing, part, (box[0] - left, box[1] - bottom))
        boxes.append(box)
    _join(drawing, rows, boxes, direction)
    caption = parsed(caption_dot(subject, direction, look, title, notes))
    caption.layout(prog="dot")
    return _under(caption, drawing, boxes, direction)


def _move(drawing: "AGraph", part: "AGraph", shift: Point) -> None:
    """Give what is in the part its places in the drawing, moved by `shift`."""
    for node in part.nodes():
        place = drawing.get_node(node).attr
        place["pos"] = _moved(node.attr["pos"], shift)
        place["width"], place["height"] = node.attr["width"], node.attr["height"]
    edges: dict[tuple[str, str], list[str]] = {}
    for edge in part.edges():
        edges.setdefault(edge, []).append(edge.attr["pos"])
    for edge in drawing.edges():
        if edges.get(edge):
            edge.attr["pos"] = _moved(edges[edge].pop(0), shift)
    inner = {frame.name: frame for frame in frames(part)}
    for frame in frames(drawing):
        if frame.name in inner:
            attributes = inner[frame.name].graph_attr
            for name in ("lwidth", "lheight"):
                frame.graph_attr[name] = attributes[name]
            frame.graph_attr["lp"] = _moved(attributes["lp"], shift)
            left, bottom, right, top = numbers(attributes["bb"])
            x, y = shift
            frame.graph_attr["bb"] = f"{left + x:.2f},{bottom + y:.2f},{right + x:.2f},{top + y:.2f}"


def _moved(text: str, shift: Point) -> str:
    """Points as Graphviz writes them (`e,1,2 3,4`), moved."""
    return " ".join(_moved_point(point, shift) for point in text.split())


def _moved_point(text: str, shift: Point) -> str:
    tip, text = (text[:2], text[2:]) if text[0] in "es" else ("", text)
    x, y = numbers(text)
    return f"{tip}{x + shift[0]:.2f},{y + shift[1]:.2f}"


def _join(drawing: "AGraph", rows: Sequence[Row], boxes: Sequence[Box], direction: Direction) -> None:
    """Draw the line from each row to the next."""
    for (row, after), (box, _) in zip(pairwise(rows), pairwise(boxes), strict=True):
        line = drawing.get_edge(row.end, after.start)
        x, y = numbers(drawing.get_node(row.end).attr["pos"])
        to_x, to_y = numbers(drawing.get_node(after.start).attr["pos"])
        if direction == "left-right":
            between = box[1] - ROW_GAP / 2
            turns = [(x + TURN, y), (x + TURN, between), (to_x - TURN, between), (to_x - TURN, to_y)]
        else:
            between = box[2] + ROW_GAP / 2
            turns = [(x, y - TURN), (between, y - TURN), (between, to_y + TURN), (to_x, to_y + TURN)]
        points = _rounded([(x, y), *turns, (to_x, to_y)])
        line.attr["pos"] = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)


def _rounded(points: Sequence[Point]) -> Iterator[Point]:
    """A line with round corners, as the points of Bézier curves."""
    yield points[0]
    at = points[0]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        yield from (at, start, start, corner, corner, end)
        at = end
    yield from (at, points[-1], points[-1])


def _towards(corner: Point, other: Point) -> Point:
    """The point where the round corner ends on this side."""
    x, y = other[0] - corner[0], other[1] - corner[1]
    length = hypot(x, y)
    part = min(_CORNER, length / 2) / length if length else 0.0
    return corner[0] + part * x, corner[1] + part * y


def _under(caption: "AGraph", drawing: "AGraph", boxes: Sequence[Box], direction: Direction) -> LaidOut:
    """The drawing with this caption above it."""
    side, above = (TURN, 0.0) if direction == "left-right" else (0.0, TURN)
    width, height = (72 * float(caption.graph_attr[name]) for name in ("lwidth", "lheight"))
    left, right = min(box[0] for box in boxes) - side, max(box[2] for box in boxes) + side
    bottom, top = min(box[1] for box in boxes) - above, max(box[3] for box in boxes) + above
    middle, half = (left + right) / 2, max(width, right - left) / 2
    drawing.graph_attr["label"] = f"<{caption.graph_attr['label']}>"
    for name in ("lwidth", "lheight"):
        drawing.graph_attr[name] = caption.graph_attr[name]
    drawing.graph_attr["lp"] = f"{middle:.2f},{top + height / 2:.2f}"
    add_corners(drawing, (middle - half, bottom, middle + half, top + height))
    drawing.has_layout = True
    return LaidOut(drawing, 2 * half + 2 * 72 * PAD, top + height - bottom + 2 * 72 * PAD)


def add_corners(drawing: "AGraph", box: Box) -> None:
    """Let the drawing reach as far as this box."""
    left, bottom, right, top = box
    drawing.graph_attr["bb"] = f"{left:.2f},{bottom:.2f},{right:.2f},{top:.2f}"
    for name, x, y in (("corner:0", left, bottom), ("corner:1", right, top)):
        drawing.add_node(name, shape="point", style="invis", width="0.01", height="0.01", label="")
        drawing.get_node(name).attr["pos"] = f"{x:.2f},{y:.2f}"
