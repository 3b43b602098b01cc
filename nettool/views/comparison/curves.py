"""The curves of several runs over each other: a panel per figure, a line per run."""

from collections.abc import Sequence
from math import inf, isfinite
from typing import TYPE_CHECKING, Any

from nettool.views.charts.chart import ChartForm, blank_chart, chart_files
from nettool.views.comparison.comparison import Comparison
from nettool.views.comparison.line_ends import places_at_ends
from nettool.views.comparison.panels import Panel, panels_of
from nettool.views.style import INK, PAPER, RUN_LOOKS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PANEL_INCHES = (4.4, 3.4)
_LEGEND_LINE_INCHES = 0.24
_MARKS_ON_A_LINE = 8
_EPOCHS_WITH_TICKS = 10
_LOGARITHMIC_FROM = 100
"""The greatest over the smallest loss from which on equal steps would hide where runs differ."""


def draw_compared(
    comparison: Comparison, forms: Sequence[ChartForm], *, with_title: bool = True
) -> dict[ChartForm, bytes]:
    """The picture as file contents by form. Raises ValueError when no run has a finite figure.

    Each line has its run's number at its end. Both losses share one scale; it is logarithmic when they span
    two powers of ten, and says so.
    """
    panels = panels_of(comparison.rows)
    if not panels:
        raise ValueError("there are no metrics to draw")
    labels = [run_summary.label for run_summary in comparison.run_summaries]
    across = 2 if max(map(len, labels)) > 32 or len(labels) < 3 else min(len(labels), 3)
    legend_lines = -(-len(labels) // across)
    height = _PANEL_INCHES[1] + 0.5 + legend_lines * _LEGEND_LINE_INCHES
    width = max(_PANEL_INCHES[0] * len(panels), 2 * _PANEL_INCHES[0])
    with blank_chart(width, height, _title(comparison) if with_title else "") as chart:
        axes = chart.subplots(1, len(panels), squeeze=False)[0]
        losses = [
            (each, panel) for each, panel in zip(axes, panels, strict=True) if panel.title.endswith(" loss")
        ]
        for each, panel in zip(axes, panels, strict=True):
            _draw_lines(each, panel, comparison)
        _share_a_scale(losses)
        for each, panel in zip(axes, panels, strict=True):
            _number_ends(each, panel, comparison)
        _add_legend(chart, labels, comparison, across)
        return chart_files(chart, forms)


def picture_words(comparison: Comparison) -> str:
    """What the picture shows, for who cannot see it."""
    titles = ", ".join(panel.title for panel in panels_of(comparison.rows))
    return f"Curves over the epochs of {len(comparison.run_summaries)} runs: {titles}"


def _title(comparison: Comparison) -> str:
    names = {run_summary.name for run_summary in comparison.run_summaries}
    count = f"{len(comparison.run_summaries)} runs"
    return f"{names.pop()}: {count}" if len(names) == 1 else f"{count} compared"


def _draw_lines(axes: "Axes", panel: Panel, comparison: Comparison) -> None:
    from matplotlib.ticker import MaxNLocator

    longest = max(map(len, comparison.rows))
    apart = max(1, longest // _MARKS_ON_A_LINE)
    for number, (rows, values) in enumerate(zip(comparison.rows, panel.values, strict=True)):
        look = _look(number)
        if len(rows) > _MARKS_ON_A_LINE:
            # The marks of neighbours stand at different epochs, so that equal lines show both.
            look["markevery"] = (number * apart // len(panel.values), apart)
        axes.plot([row["epoch"] for row in rows], values, **look)
    axes.set_title(panel.title, parse_math=False)
    axes.set_xlabel("epoch")
    first = min(rows[0]["epoch"] for rows in comparison.rows if rows)
    last = max(rows[-1]["epoch"] for rows in comparison.rows if rows)
    if longest <= _EPOCHS_WITH_TICKS:
        axes.set_xticks(range(int(first), int(last) + 1))
    else:
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    room = 0.5 if last == first else 0.03 * (last - first)
    axes.set_xlim(first - min(room, 0.8), last + max(2.2 * room, 0.1))
    axes.margins(y=0.08)


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


def _share_a_scale(losses: Sequence[tuple["Axes", Panel]]) -> None:
    values = [value for _, panel in losses for run in panel.values for value in run if isfinite(value)]
    is_logarithmic = bool(values) and min(values) > 0 and max(values) / min(values) > _LOGARITHMIC_FROM
    for axes, panel in losses:
        if is_logarithmic:
            axes.set_yscale("log")
            axes.yaxis.set_major_formatter("{x:g}")
            axes.tick_params(axis="y", which="minor", length=0)
            axes.set_title(f"{panel.title} (logarithmic)", parse_math=False)
    low = min((axes.get_ylim()[0] for axes, _ in losses), default=inf)
    high = max((axes.get_ylim()[1] for axes, _ in losses), default=-inf)
    for axes, _ in losses:
        axes.set_ylim(low, high)


def _number_ends(axes: "Axes", panel: Panel, comparison: Comparison) -> None:
    """Write each run's number behind the end of its line, where there is room for it."""
    # The scale is chosen late, when it is first needed.
    axes.autoscale_view()
    ends: dict[int, tuple[float, float]] = {}
    for number, (rows, values) in enumerate(zip(comparison.rows, panel.values, strict=True)):
        known = [(row["epoch"], value) for row, value in zip(rows, values, strict=True) if isfinite(value)]
        if known:
            across, up = axes.transAxes.inverted().transform(axes.transData.transform(known[-1]))
            ends[number] = (across, up)
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
