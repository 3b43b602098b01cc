"""How far open and in which direction a network is drawn, so that it can be read on one page or slide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nettool.graph.network import Graph
from nettool.graph.objectives import Loss
from nettool.views.diagram.cut_rows import best_rows
from nettool.views.diagram.drawn import Content, DiagramSize, Direction, Drawn, Look, diagram_size, drawn
from nettool.views.diagram.lay_out import LaidOut, lay_out
from nettool.views.diagram.network_diagram import diagram_dot
from nettool.views.diagram.page_size import A4, SLIDES, PageSize
from nettool.views.diagram.rows import lay_out_rows

_MOST_LAID_OUT = 400
"""Nodes for which more than one layout is tried."""
_MOST_ROWS = 12
_MOST_TRIED = 2


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is drawn, in which direction, notes for the caption, and the layout (None: it was not tried)."""

    subject: Drawn
    direction: Direction
    notes: tuple[str, ...]
    laid_out: LaidOut | None


def fitted(graph: Graph, look: Look, title: str, losses: Sequence[Loss] = ()) -> Fitted:
    """The most open drawing that can be read on the page, or the one that comes nearest to it.

    What the look says stays as it is. A network that fits at no depth is drawn with its blocks closed. The
    fonts must be found (`fonts_for_graphviz`).
    """
    page = A4 if look.slide is None else SLIDES[look.slide]
    best: tuple[float, Fitted] | None = None
    subjects = [drawn(graph, content, losses) for content in contents(graph, look)]
    for subject in subjects:
        size = len(subject.graph.nodes)
        is_last = subject is subjects[-1]
        if size > page.most_nodes and not is_last:
            continue
        notes = _notes(subject, look, page)
        if size > _MOST_LAID_OUT or (
            size > page.most_nodes and look.depth is not None and look.slide is None
        ):
            return Fitted(subject, look.direction or "top-down", notes, None)
        for direction, laid_out in _layouts(subject, look, title, notes, page):
            found = Fitted(subject, direction, notes, laid_out)
            if page.holds(laid_out.width, laid_out.height):
                return found
            letters = page.letters(laid_out.width, laid_out.height)
            if is_last and (best is None or letters > best[0]):
                best = letters, found
    assert best is not None
    return best[1]


def contents(graph: Graph, look: Look) -> list[Content]:
    """How much of the network may be drawn, the most first."""
    once = look.draws_repeats_once
    if look.depth is not None:
        return [Content(None if look.depth == "all" else look.depth, once)]
    deepest = max((len(node.groups) for node in graph.nodes), default=0)
    found = [Content(None, once), *(Content(depth, once) for depth in reversed(range(deepest)))]
    return [*found, *([Content(0, once, layers_once=True)] if once else [])]


def most_closed_size(graph: Graph, look: Look) -> DiagramSize:
    """The size of the smallest drawing that the look allows: the one that is laid out if no other fits."""
    return diagram_size(drawn(graph, contents(graph, look)[-1]).graph)


def _layouts(
    subject: Drawn, look: Look, title: str, notes: Sequence[str], page: PageSize
) -> Iterator[tuple[Direction, LaidOut]]:
    """The drawing in each direction, then in rows."""
    usual: tuple[Direction, ...] = ("left-right", "top-down") if look.slide else ("top-down", "left-right")
    directions = usual if look.direction is None else (look.direction,)
    whole = {}
    for direction in directions:
        whole[direction] = lay_out(diagram_dot(subject, direction, look, title, notes))
        yield direction, whole[direction]
    if look.depth is not None and look.slide is None:
        return
    for direction in directions:
        ways = best_rows(subject.graph, whole[direction], direction, page, _MOST_ROWS)
        for rows in ways[:_MOST_TRIED]:
            yield direction, lay_out_rows(rows, subject, direction, look, title, notes)


def _notes(subject: Drawn, look: Look, page: PageSize) -> tuple[str, ...]:
    """What of the network is not drawn, and how to see it."""
    count, total = subject.graph.node_count, subject.whole.node_count
    if look.depth is not None or count == total:
        return ()
    closed = [f"Blocks are closed so that the picture fits a {page.name}."] if subject.boxes else []
    return (*closed, f"{count:,} of {total:,} nodes; nettool plot --depth all draws all of them.")
