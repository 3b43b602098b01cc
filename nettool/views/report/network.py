"""The network of a run: its drawing and its table."""

import re
from html import unescape

from nettool.record.run_report import RunReport
from nettool.views.page.colours import BASE, DIAGRAM, places_taken
from nettool.views.page.themed_svg import themed_svg
from nettool.views.report.markup import folded, quoted, section

_WIDTH = re.compile(rb'<svg\b[^>]*?\bwidth="([\d.]+)pt"')
_DESCRIPTION = re.compile(rb"<desc>(.*?)</desc>", re.DOTALL)
_PIXELS_PER_POINT = 4 / 3


def network(report: RunReport) -> str:
    """The drawing as large as `plot` draws it, or as small as the page; the table can be unfolded."""
    told = folded("The network as a table", quoted(report.summary)) if report.summary else ""
    return section("network", "Network", _drawing(report.diagram) if report.diagram else "", told)


def _drawing(svg: bytes) -> str:
    found = _DESCRIPTION.search(svg)
    words = "The network as a drawing" if found is None else unescape(found[1].decode("utf-8"))
    width = _WIDTH.search(svg)
    room = f' style="max-width: {float(width[1]) * _PIXELS_PER_POINT:.0f}px"' if width else ""
    picture = themed_svg(svg, words, places_taken((*DIAGRAM, *BASE)), "network-")
    frame = '<div class="diagram" role="region" aria-label="Drawing" tabindex="0">'
    return f"{frame}<div{room}>{picture}</div></div>"
