"""How far open a difference is drawn, so that it can be read on one page."""

from dataclasses import replace

from nettool.views.comparison.difference_drawing import difference_dot
from nettool.views.comparison.difference_units import DifferenceLook, Drawn, drawn_difference, usual_levels
from nettool.views.comparison.network_difference import NetworkDifference
from nettool.views.diagram.draw_dot import fonts_for_graphviz
from nettool.views.diagram.lay_out import lay_out
from nettool.views.diagram.page_size import A4

_NOTE = "Blocks with changes are closed; nettool plot --depth all opens them."


def fitted_difference(difference: NetworkDifference, title: str, look: DifferenceLook) -> Drawn:
    """The most open drawing that can be read on a page; where none can, as if there were no page.

    The depth that the look asks for stays as it is.
    """
    if look.depth is not None:
        return drawn_difference(difference, look.depth)
    levels = [_noted(drawn) for drawn in usual_levels(difference)]
    if len(levels) == 1:
        return levels[0]
    with fonts_for_graphviz():
        fitting = (drawn for drawn in levels if _fits(difference, drawn, title, look))
        return next(fitting, levels[0])


def _fits(difference: NetworkDifference, drawn: Drawn, title: str, look: DifferenceLook) -> bool:
    laid_out = lay_out(difference_dot(difference, drawn, title, look))
    return A4.holds(laid_out.width, laid_out.height)


def _noted(drawn: Drawn) -> Drawn:
    """The drawing with a note where what differs is inside of closed blocks."""
    is_closed = any(unit.node is None and unit.kind != "same" for unit in drawn.units.values())
    return replace(drawn, note=_NOTE) if is_closed else drawn
