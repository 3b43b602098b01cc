"""Learning curves: the loss and every metric over the epochs, training and validation together.

Panels are drawn here for any picture (`draw_axes`, `draw_line`), for a page in `page/panel_figure.py`.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nettool.views.charts.chart import ChartForm, blank_chart, chart_files, cut_to
from nettool.views.charts.curve_panel import Line, Panel, Rows, run_panels
from nettool.views.style import INK, PAPER, QUIET_INK, TRAINING, VALIDATION
from nettool.vocabulary.metric_directions import Direction

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PANELS_ACROSS = 3
_MOST_PANELS = 24
_PANEL_INCHES = (4.4, 3.1)
_VALUE_MARKS = 8
_ROOM_FOR_BEST = 0.08
_LOOKS: dict[str, dict[str, Any]] = {
    "training": {"color": TRAINING, "linestyle": (0, (5, 2))},
    "validation": {"color": VALIDATION},
}


def draw_curves(
    rows: Rows, better: Mapping[str, Direction], title: str = "", forms: Sequence[ChartForm] = ("svg", "png")
) -> dict[ChartForm, bytes]:
    """One panel per metric in one picture, as file contents by form.

    The best epoch is ringed: of validation where there is any, and by `better`, which says whether less or
    more of each is better. Of many metrics the first are drawn, and the title says so. Raises ValueError when
    there is none.
    """
    every = run_panels(rows, better)
    if not every:
        raise ValueError("there are no metrics to draw")
    shown = every[:_MOST_PANELS]
    if len(shown) < len(every):
        title = f"{title} ({len(shown)} of {len(every)} curves)".lstrip()
    across = min(len(shown), _PANELS_ACROSS)
    down = -(-len(shown) // across)
    with blank_chart(_PANEL_INCHES[0] * across, _PANEL_INCHES[1] * down + 0.5, title) as chart:
        axes = list(chart.subplots(down, across, squeeze=False).flat)
        for each, panel in zip(axes, shown, strict=False):
            _draw_panel(each, panel)
        for each in axes[len(shown) :]:
            each.remove()
        _add_legend(chart, axes[: len(shown)])
        return chart_files(chart, forms)


def draw_axes(axes: "Axes", panel: Panel, *, room_at_end: float = 1.0, room_for_values: float) -> None:
    """The title and both axes of a panel.

    `room_at_end` is how many times as wide the room behind the last epoch is as that before the first,
    `room_for_values` the room above and below the axis of the panel, as a share of it.
    """
    width = _PANEL_INCHES[0] * 0.85
    axes.set_title(cut_to(panel.title, width, 12), parse_math=False)
    axes.set_xlabel("epoch")
    axes.set_xticks(panel.epoch_marks)
    first, last = panel.epochs[0], panel.epochs[-1]
    room = 0.5 if last == first else 0.03 * (last - first)
    axes.set_xlim(first - min(room, 0.8), last + max(room_at_end * room, 0.1))
    scale = panel.scale.with_room(room_for_values)
    if scale.is_logarithmic:
        axes.set_yscale("log")
        axes.yaxis.set_major_formatter("{x:g}")
        axes.minorticks_off()
    axes.set_yticks(scale.marks(_VALUE_MARKS))
    axes.set_ylim(scale.low, scale.high)
    if panel.is_empty:
        axes.set_yticks([])
        axes.text(0.5, 0.5, "no finite value", transform=axes.transAxes, ha="center", color=QUIET_INK)


def draw_line(axes: "Axes", panel: Panel, line: Line, dots: Sequence[int], **look: object) -> None:
    """A line with gaps where there is no finite value, and with a dot at each of these places."""
    drawn: dict[str, Any] = {"marker": "o", **look} if dots else {**look, "marker": ""}
    axes.plot(panel.epochs, line.finite, markevery=list(dots) or None, **drawn)


def _draw_panel(axes: "Axes", panel: Panel) -> None:
    draw_axes(axes, panel, room_for_values=_ROOM_FOR_BEST)
    if panel.is_empty:
        return
    for line in panel.lines:
        draw_line(
            axes, panel, line, line.dots, label=line.kind, markersize=4, linewidth=1.8, **_LOOKS[line.kind]
        )
    _ring_best(axes, panel, panel.lines[-1])


def _ring_best(axes: "Axes", panel: Panel, line: Line) -> None:
    """Mark the best value and write it beside, where the curve is not: away from the panel's edges."""
    row = panel.best(line)
    if row is None:
        return
    place = (panel.epochs[row], line.values[row])
    ring: dict[str, Any] = {"markersize": 9, "markerfacecolor": PAPER, "mew": 2}
    axes.plot(*place, "o", markeredgecolor=_LOOKS[line.kind]["color"], **ring)
    is_late = row > len(panel.epochs) / 2
    axes.annotate(
        f"{line.values[row]:.4g}",
        place,
        xytext=(-9 if is_late else 9, -15 if panel.direction == "min" else 9),
        textcoords="offset points",
        ha="right" if is_late else "left",
        color=INK,
        weight="bold",
        bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 0.8},
    )


def _add_legend(chart: "Figure", every: Sequence["Axes"]) -> None:
    lines = {
        label: line for axes in every for line, label in zip(*axes.get_legend_handles_labels(), strict=True)
    }
    if lines:
        words = [f"{label} (best ringed)" if label == list(lines)[-1] else label for label in lines]
        chart.legend(
            list(lines.values()), words, loc="outside upper right", ncols=2, frameon=False, fontsize=10
        )
