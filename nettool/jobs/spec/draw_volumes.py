"""Network → a picture of its feature maps."""

from typing import get_args

from nettool.diagnostics.caller import argument
from nettool.graph.network import Graph
from nettool.jobs.call_error import CallError
from nettool.jobs.spec.draw_network import DrawingForm
from nettool.views.charts.chart import ChartForm
from nettool.views.diagram.drawn import Depth

FORMS: tuple[ChartForm, ...] = get_args(ChartForm)


def draw_volumes(
    graph: Graph, form: DrawingForm, depth: Depth | None = None, *, legend: bool = True
) -> bytes:
    """The contents of the file. Raises CallError for another form, or for more boxes than can be drawn."""
    from nettool.views.diagram.draw_dot import TooLargeForPixels
    from nettool.views.volumes.draw_volumes import draw_volumes as drawn
    from nettool.views.volumes.volume_diagram import TooManyVolumes

    picture = next((each for each in FORMS if each == form), None)
    if picture is None:
        raise CallError(f"volumes are drawn as svg, png or pdf, not as {form}")
    try:
        return drawn(graph, picture, depth, legend=legend)
    except TooManyVolumes as error:
        raise CallError(f"{error}; {argument('depth', 0)} closes all blocks") from error
    except TooLargeForPixels as error:
        raise CallError(
            f"{error}; {argument('depth', 0)} closes all blocks, and an SVG has no limit"
        ) from error
