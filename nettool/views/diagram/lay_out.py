"""A drawing laid out by Graphviz: places of nodes, edges, frames and their titles."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nettool.diagnostics.printable import printable
from nettool.views.diagram.frame_titles import clear_titles, frames, numbers
from nettool.views.diagram.network_diagram import PAD

if TYPE_CHECKING:
    import pydot
    from pygraphviz import AGraph


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A drawing whose places are known; its size in points, with the room around it."""

    drawing: "AGraph"
    width: float
    height: float


def lay_out(dot: "pydot.Dot") -> LaidOut:
    """The drawing as Graphviz's `dot` lays it out, with titles of frames where no arrow crosses them.

    The fonts must be found (`fonts_for_graphviz`), because the sizes of nodes are those of their text.
    """
    drawing = parsed(dot)
    drawing.layout(prog="dot")
    narrow = set(clear_titles(drawing))
    if narrow:
        drawing = _with_room(dot, narrow, drawing)
    left, bottom, right, top = numbers(drawing.graph_attr["bb"])
    return LaidOut(drawing, right - left + 2 * 72 * PAD, top - bottom + 2 * 72 * PAD)


def parsed(dot: "pydot.Dot") -> "AGraph":
    """The drawing as Graphviz has it."""
    from pygraphviz import AGraph

    return AGraph(string=printable(dot.to_string()))


def _with_room(dot: "pydot.Dot", narrow: set[str], before: "AGraph") -> "AGraph":
    """The drawing with these frames so wide that an arrow passes beside their titles."""
    drawing = parsed(dot)
    sizes = {
        frame.name: (frame.graph_attr["label"], frame.graph_attr["lwidth"], float(frame.graph_attr["lwidth"]))
        for frame in frames(before)
        if frame.name in narrow
    }
    for frame in frames(drawing):
        if frame.name in sizes:
            label, _, width = sizes[frame.name]
            room = f'<td width="{round(72 * width) + 24}"></td>'
            frame.graph_attr["label"] = (
                f'<<table border="0" cellborder="0" cellspacing="0" cellpadding="0"><tr><td>{label}</td>'
                f"{room}</tr></table>>"
            )
    drawing.layout(prog="dot")
    for frame in frames(drawing):
        if frame.name in sizes:
            label, written, _ = sizes[frame.name]
            frame.graph_attr["label"] = f"<{label}>"
            frame.graph_attr["lwidth"] = written
    clear_titles(drawing)
    return drawing
