"""Network → the contents of a file: a picture, a text that draws it, or a page to look around in."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from nettool.diagnostics.caller import argument, by_caller
from nettool.diagnostics.printable import printable
from nettool.graph.network import Graph
from nettool.graph.objectives import Loss
from nettool.jobs.call_error import CallError
from nettool.record.run_directory import RunDirectory
from nettool.views.diagram.drawn import Look

if TYPE_CHECKING:
    from nettool.views.page.sample_tiles import SampleTiles

DrawingForm = Literal["svg", "png", "pdf", "dot", "mermaid", "html"]
FORMS: tuple[DrawingForm, ...] = get_args(DrawingForm)
ENDINGS: dict[str, DrawingForm] = {**{f".{form}": form for form in FORMS}, ".mmd": "mermaid", ".htm": "html"}
_FEW = 100
"""Nodes that any picture holds."""


def form_of(path: Path) -> DrawingForm:
    """The form that a file's ending says. Raises CallError when it says none."""
    form = ENDINGS.get(path.suffix.lower())
    if form is None:
        raise CallError(f"cannot draw `{path}`: the name must end in {', '.join(ENDINGS)}")
    return form


def slow_note(graph: Graph, form: DrawingForm, look: Look) -> str | None:
    """Says that the drawing may take minutes; None where it is quick."""
    if form in ("mermaid", "html", "dot"):
        return None
    from nettool.views.diagram.fit_page import most_closed_size

    size = most_closed_size(graph, look)
    if size.is_quick:
        return None
    return f"laying out {size.nodes:,} nodes may take minutes; {_advice(graph, look)}"


def draw_network(
    graph: Graph,
    form: DrawingForm,
    look: Look,
    run: RunDirectory | None = None,
    losses: Sequence[Loss] = (),
    samples: "Sequence[SampleTiles]" = (),
) -> bytes:
    """The contents of the file, with the `losses` at the nodes; of a `run` a page also shows the weights.

    Nodes on a page show what they make of the `samples`.

    What each form needs is imported only for it. Raises CallError for a network that is too large for pixels.
    """
    if form == "mermaid":
        from nettool.views.diagram.mermaid import mermaid

        return printable(mermaid(graph, look=look, losses=losses)).encode()
    if form == "html":
        from nettool.views.graph_page.page import network_page

        kept = None
        if run is not None:
            from nettool.record.checkpoints.weight_statistics import kept_weights

            kept = kept_weights(run)
        return network_page(graph, look, kept, samples, losses).encode()
    from nettool.views.diagram.draw_diagram import draw_diagram
    from nettool.views.diagram.draw_dot import TooLargeForPixels

    try:
        return draw_diagram(graph, form, look=look, losses=losses)
    except TooLargeForPixels as error:
        raise CallError(
            f"{error}; {_file('net.svg')} has no such limit, and {_advice(graph, look)}"
        ) from error


def _advice(graph: Graph, look: Look) -> str:
    from nettool.views.diagram.fit_page import most_closed_size

    advice = f"{_file('net.html')} draws a network of any size"
    if look.depth not in (None, 0) and most_closed_size(graph, replace(look, depth=0)).nodes <= _FEW:
        advice += f", {argument('depth', 0)} one with its blocks closed"
    return advice


def _file(name: str) -> str:
    """That file as the caller asks for it."""
    return by_caller(command_line=f"`-o {name}`", python=f'`plot("{name}")`')
