"""A drawing as SVG: text stays text, and each box says what it is when one points at it."""

from collections.abc import Iterator

from nettool.diagnostics.printable import printable
from nettool.views.style import FONT_STACK, PAPER
from nettool.views.volumes.drawing import Circle, Drawing, Face, Line, Mark, Point, Text, Thing

LINE_WIDTH = 1.1
THICK = 2.2
ARROW = (7.0, 3.2)
"""How long an arrow's head is, and how far it reaches to both sides."""
DASHES = (4.0, 2.5)


def as_svg(drawing: Drawing, title: str, description: str) -> bytes:
    """The file, with a title and a description for those who cannot see it."""
    width, height = _number(drawing.width), _number(drawing.height)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg role="img" xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
        f'viewBox="0 0 {width} {height}" font-family="{", ".join(FONT_STACK)}">',
        f"<title>{_escaped(title)}</title>",
        f"<desc>{_escaped(description)}</desc>",
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
        *(line for thing in drawing.things for line in _thing(thing)),
        "</svg>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def arrow_head(end: Point, before: Point) -> tuple[Point, Point, Point]:
    """The triangle at the end of a line that runs along an axis."""
    long, wide = ARROW
    along = ((end[0] > before[0]) - (end[0] < before[0]), (end[1] > before[1]) - (end[1] < before[1]))
    foot = (end[0] - long * along[0], end[1] - long * along[1])
    across = (wide * along[1], wide * along[0])
    return end, (foot[0] + across[0], foot[1] + across[1]), (foot[0] - across[0], foot[1] - across[1])


def _thing(thing: Thing) -> Iterator[str]:
    if thing.words:
        yield f'<g class="{thing.kind}"><title>{_escaped(thing.words)}</title>'
    for mark in thing.marks:
        yield _mark(mark)
    if thing.words:
        yield "</g>"


def _mark(mark: Mark) -> str:
    if isinstance(mark, Face):
        dashes = f' stroke-dasharray="{DASHES[0]} {DASHES[1]}"' if mark.dashed else ""
        width = THICK if mark.thick else LINE_WIDTH
        return (
            f'<polygon points="{_points(mark.points)}" fill="{mark.fill}" stroke="{mark.edge}" '
            f'stroke-width="{width}" stroke-linejoin="round"{dashes}/>'
        )
    if isinstance(mark, Line):
        line = (
            f'<polyline points="{_points(mark.points)}" fill="none" stroke="{mark.colour}" '
            f'stroke-width="{LINE_WIDTH}" stroke-linejoin="round"/>'
        )
        if not mark.arrow:
            return line
        head = _points(arrow_head(mark.points[-1], mark.points[-2]))
        return f'{line}<polygon points="{head}" fill="{mark.colour}"/>'
    if isinstance(mark, Circle):
        centre = f'cx="{_number(mark.centre[0])}" cy="{_number(mark.centre[1])}" r="{_number(mark.radius)}"'
        return f'<circle {centre} fill="{mark.fill}" stroke="{mark.edge}" stroke-width="{LINE_WIDTH}"/>'
    return _text(mark)


def _text(mark: Text) -> str:
    weight = ' font-weight="bold"' if mark.bold else ""
    anchor = ' text-anchor="middle"' if mark.anchor == "middle" else ""
    place = f'x="{_number(mark.place[0])}" y="{_number(mark.place[1])}"'
    return (
        f'<text {place} font-size="{_number(mark.size)}" fill="{mark.colour}"{weight}{anchor}>'
        f"{_escaped(mark.text)}</text>"
    )


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _escaped(text: str) -> str:
    # It brings urllib, http and ssl along: a tenth of the start of every command.
    from xml.sax.saxutils import escape

    return escape(printable(text))
