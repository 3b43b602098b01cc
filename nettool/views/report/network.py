"""The network of a run: its drawing and its table."""

import re

from nettool.record.run_report import RunReport
from nettool.views.page.colours import BASE, DIAGRAM, places_taken
from nettool.views.page.safe_svg import NotAPicture, read_svg
from nettool.views.page.themed_svg import UNREADABLE, svg_element
from nettool.views.report.markup import folded, quoted, section

_POINTS = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)pt")
_PIXELS_PER_POINT = 4 / 3


def network(report: RunReport) -> str:
    """The drawing as large as `plot` draws it, or as small as the page; the table can be unfolded."""
    told = folded("The network as a table", quoted(report.summary)) if report.summary else ""
    return section("network", "Network", "" if report.diagram is None else _drawing(report.diagram), told)


def _drawing(svg: bytes) -> str:
    try:
        drawn = read_svg(svg, places_taken((*DIAGRAM, *BASE)), "network-")
    except NotAPicture:
        return UNREADABLE
    picture = svg_element(drawn, drawn.description or "The network as a drawing")
    width = _POINTS.fullmatch(drawn.width)
    room = f' style="max-width: {float(width[1]) * _PIXELS_PER_POINT:.0f}px"' if width else ""
    frame = '<div class="diagram" role="region" aria-label="Drawing" tabindex="0">'
    return f"{frame}<div{room}>{picture}</div></div>"
