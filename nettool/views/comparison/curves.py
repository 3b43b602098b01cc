"""The curves of several runs over each other as a picture: a panel per metric, a line per run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nettool.views.charts.chart import ChartForm, blank_chart, chart_files
from nettool.views.charts.curve_panel import Line, Panel, compared_panels
from nettool.views.charts.curves import draw_axes, draw_line
from nettool.views.charts.end_places import places_at_ends
from nettool.views.comparison.comparison import Comparison
from nettool.views.style import INK, PAPER, RUN_LOOKS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PANEL_INCHES = (4.4, 3.4)
_LEGEND_LINE_INCHES = 0.24
_MARKS_ON_A_LINE = 8


def draw_compared(comparison: Comparison, forms: Sequence[ChartForm]) -> dict[ChartForm, bytes]:
    """The picture as file contents by form. Raises ValueError when no run has a finite metric.

    Each line has its run's number at its end.
    """
    panels = compared_panels(comparison.rows)
    if not panels:
        raise ValueError("there are no metrics to draw")
    labels = [run_summary.label for run_summary in comparison.run_summaries]
    across = 2 if max(map(len, labels)) > 32 or len(labels) < 3 else min(len(labels), 3)
    legend_lines = -(-len(labels) // across)
    height = _PANEL_INCHES[1] + 0.5 + legend_lines * _LEGEND_LINE_INCHES
    width = max(_PANEL_INCHES[0] * len(panels), 2 * _PANEL_INCHES[0])
    with blank_chart(width, height, _title(comparison)) as chart:
        every = chart.subplots(1, len(panels), squeeze=False)[0]
        for axes, panel in zip(every, panels, strict=True):
            draw_axes(axes, panel, room_at_end=2.2, room_for_values=0.03)
            for number, line in enumerate(panel.lines):
                draw_line(axes, panel, line, _marked(panel, number), **_look(number))
            _number_ends(axes, panel)
        _add_legend(chart, labels, comparison, across)
        return chart_files(chart, forms)


def _title(comparison: Comparison) -> str:
    names = {run_summary.name for run_summary in comparison.run_summaries}
    count = f"{len(comparison.run_summaries)} runs"
    return f"{names.pop()}: {count}" if len(names) == 1 else f"{count} compared"


def _marked(panel: Panel, number: int) -> Sequence[int]:
    """Where the line has marks: neighbours at different epochs, so that equal lines show both."""
    line = panel.lines[number]
    if len(line.known) <= _MARKS_ON_A_LINE:
        return line.known
    apart = max(1, len(panel.epochs) // _MARKS_ON_A_LINE)
    return sorted({*line.known[number * apart // len(panel.lines) :: apart], *line.alone})


def _look(number: int) -> dict[str, Any]:
    look = RUN_LOOKS[number % len(RUN_LOOKS)]
    return {
        "color": look.colour,
        "linestyle": (0, look.dashes) if look.dashes else "-",
        "marker": look.mark,
        "markersize": 7 if look.mark == "*" else 5,
        "markeredgewidth": 0,
        "linewidth": 1.7,
    }


def _number_ends(axes: "Axes", panel: Panel) -> None:
    """Write each run's number behind the end of its line, where there is room for it."""
    ends = {number: _end(axes, panel, line) for number, line in enumerate(panel.lines) if line.known}
    for number, place in places_at_ends(ends).items():
        axes.annotate(
            f"{number + 1}",
            place,
            xycoords="axes fraction",
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            color=RUN_LOOKS[number % len(RUN_LOOKS)].colour,
            weight="bold",
            fontsize=9,
            annotation_clip=False,
            bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 0.6},
        )


def _end(axes: "Axes", panel: Panel, line: Line) -> tuple[float, float]:
    """Where the line ends, in shares of the panel."""
    last = (panel.epochs[line.known[-1]], line.values[line.known[-1]])
    across, up = axes.transAxes.inverted().transform(axes.transData.transform(last))
    return across, up


def _add_legend(chart: "Figure", labels: Sequence[str], comparison: Comparison, across: int) -> None:
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], **_look(number)) for number in range(len(labels))]
    words = [
        f"{number}  {label}{'' if rows else ' (no epoch is over)'}"
        for number, (label, rows) in enumerate(zip(labels, comparison.rows, strict=True), 1)
    ]
    legend = chart.legend(
        handles, words, loc="outside lower left", ncols=across, frameon=False, fontsize=10, handlelength=3.6
    )
    for text in legend.get_texts():
        text.set_parse_math(False)
        text.set_color(INK)
