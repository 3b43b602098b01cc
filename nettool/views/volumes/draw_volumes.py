"""The picture of feature maps as the bytes of a file."""

from nettool.graph.network import Graph
from nettool.views.charts.chart import ChartForm
from nettool.views.diagram.diagram_text import description
from nettool.views.diagram.drawn import Depth
from nettool.views.volumes.as_svg import as_svg
from nettool.views.volumes.volume_diagram import volume_drawing


def draw_volumes(graph: Graph, form: ChartForm, depth: Depth | None = None, *, legend: bool = True) -> bytes:
    """The file; `depth` levels of blocks are open, None for as many as can be read on a slide.

    Raises TooManyVolumes.
    """
    drawing = volume_drawing(graph, graph.name, depth, legend=legend)
    words = f"{description(graph)} Boxes are feature maps, as large as their shapes say."
    if form == "svg":
        return as_svg(drawing, graph.name, words)
    from nettool.views.volumes.as_pixels import as_pixels

    return as_pixels(drawing, form, graph.name)
