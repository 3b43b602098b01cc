"""Network → a picture of it that can be read on a page, or on a slide."""

from collections.abc import Sequence

from nettool.diagnostics.printable import printable
from nettool.graph.network import Graph
from nettool.graph.objectives import Loss
from nettool.views.diagram.diagram_text import description
from nettool.views.diagram.draw_dot import PictureForm, draw_dot, fonts_for_graphviz
from nettool.views.diagram.drawn import Look, Slide
from nettool.views.diagram.fit_page import fitted
from nettool.views.diagram.frame_titles import numbers
from nettool.views.diagram.lay_out import LaidOut, parsed
from nettool.views.diagram.network_diagram import diagram_dot
from nettool.views.diagram.page_size import SLIDES
from nettool.views.diagram.rows import add_corners

_MOST_ENLARGED = 1.6
"""Times by which a small drawing is enlarged on a slide."""
_ROUNDED = 0.0005
"""Inches, so that a slide is 1920 pixels wide, not 1919."""


def draw_diagram(
    graph: Graph,
    form: PictureForm,
    title: str | None = None,
    look: Look | None = None,
    losses: Sequence[Loss] = (),
) -> bytes:
    """The drawing as the bytes of an SVG, PNG or PDF file, or as DOT text in UTF-8.

    Raises TooLargeForPixels for a PNG of more pixels than there can be.
    """
    look = look or Look()
    shown = title or graph.name
    with fonts_for_graphviz():
        found = fitted(graph, look, shown, losses)
        dot = diagram_dot(found.subject, found.direction, look, shown, found.notes)
        if form == "dot":
            return printable(dot.to_string()).encode()
        drawing = parsed(dot) if found.laid_out is None else found.laid_out.drawing
        if found.laid_out is not None and look.slide is not None:
            _fill_slide(found.laid_out, look.slide)
        return draw_dot(drawing, form, shown, description(graph))


def _fill_slide(laid_out: LaidOut, slide: Slide) -> None:
    """Put the drawing into the middle of a picture that has the shape and the size of the slide."""
    page = SLIDES[slide]
    scale = min(page.width / laid_out.width, page.height / laid_out.height, _MOST_ENLARGED)
    beside = (page.width / scale - laid_out.width) / 2
    above = (page.height / scale - laid_out.height) / 2
    left, bottom, right, top = numbers(laid_out.drawing.graph_attr["bb"])
    add_corners(laid_out.drawing, (left - beside, bottom - above, right + beside, top + above))
    laid_out.drawing.graph_attr["size"] = (
        f"{page.width / 72 + _ROUNDED:.4f},{page.height / 72 + _ROUNDED:.4f}!"
    )
