"""Learning curves: the loss and every metric over the epochs, training and validation together."""

from collections.abc import Mapping, Sequence
from math import isfinite, nan
from typing import TYPE_CHECKING, Any

from nettool.views.charts.chart import ChartForm, blank_chart, chart_files, cut_to
from nettool.views.style import INK, PAPER, QUIET_INK, TRAINING, VALIDATION
from nettool.vocabulary.metric_directions import VALIDATION_PREFIX, Direction, sort_value

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NOT_FIGURES = frozenset({"epoch", "learning_rate"})
_PANELS_ACROSS = 3
_MOST_PANELS = 24
_PANEL_INCHES = (4.4, 3.1)
_EPOCHS_WITH_DOTS = 15
_EPOCHS_WITH_TICKS = 10

Series = Sequence[float]


def draw_curves(
    rows: Sequence[Mapping[str, float]],
    better: Mapping[str, Direction],
    title: str = "",
    forms: Sequence[ChartForm] = ("svg", "png"),
) -> dict[ChartForm, bytes]:
    """One panel per figure in one picture, as file contents by form.

    `rows` are the epochs as metrics.csv has them: `epoch` (from 1), `loss`, `val_loss` and so on. The best
    epoch is ringed: by the validation figure where there is one, and by `better`, which says whether less or
    more of each is better. Of many figures the first are drawn, and the title says so. Raises ValueError when
    there is no figure.
    """
    every = curve_names(rows)
    if not every:
        raise ValueError("there are no metrics to draw")
    names = every[:_MOST_PANELS]
    if len(names) < len(every):
        title = f"{title} ({len(names)} of {len(every)} curves)".lstrip()
    across = min(len(names), _PANELS_ACROSS)
    down = -(-len(names) // across)
    with blank_chart(_PANEL_INCHES[0] * across, _PANEL_INCHES[1] * down + 0.5, title) as chart:
        panels = list(chart.subplots(down, across, squeeze=False).flat)
        for panel, name in zip(panels, names, strict=False):
            _draw_panel(panel, rows, name, better.get(name))
        for panel in panels[len(names) :]:
            panel.remove()
        _add_legend(chart, panels[: len(names)])
        return chart_files(chart, forms)


def curve_names(rows: Sequence[Mapping[str, float]]) -> tuple[str, ...]:
    """The figures that the rows hold, in their order, each once: `val_loss` belongs to `loss`."""
    names = (name.removeprefix(VALIDATION_PREFIX) for row in rows for name in row if name not in _NOT_FIGURES)
    return tuple(dict.fromkeys(names))


def best_row(values: Series, direction: Direction | None) -> int | None:
    """The position of the (first) best finite value; None where it is not known which way is better."""
    finite = [row for row, value in enumerate(values) if isfinite(value)]
    if not finite or direction is None:
        return None
    return min(finite, key=lambda row: sort_value(values[row], direction))


def _draw_panel(
    panel: "Axes", rows: Sequence[Mapping[str, float]], name: str, direction: Direction | None
) -> None:
    from matplotlib.ticker import MaxNLocator

    epochs = [row["epoch"] for row in rows]
    training = [row.get(name, nan) for row in rows]
    validation = [row.get(VALIDATION_PREFIX + name, nan) for row in rows]
    dots = "o" if len(rows) <= _EPOCHS_WITH_DOTS else ""
    look: dict[str, Any] = {"marker": dots, "markersize": 4, "linewidth": 1.8}
    if any(map(isfinite, training)):
        panel.plot(epochs, training, color=TRAINING, linestyle=(0, (5, 2)), label="training", **look)
    if any(map(isfinite, validation)):
        panel.plot(epochs, validation, color=VALIDATION, label="validation", **look)
        _ring(panel, epochs, validation, direction, VALIDATION)
    else:
        _ring(panel, epochs, training, direction, TRAINING)
    panel.set_title(cut_to(name.replace("_", " "), _PANEL_INCHES[0] * 0.85, 12), parse_math=False)
    panel.set_xlabel("epoch")
    if len(rows) <= _EPOCHS_WITH_TICKS:
        panel.set_xticks(epochs)
    else:
        panel.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    room = 0.5 if len(rows) == 1 else 0.03 * (epochs[-1] - epochs[0])
    panel.set_xlim(epochs[0] - min(room, 0.8), epochs[-1] + room)
    panel.margins(y=0.16)


def _ring(panel: "Axes", epochs: Series, values: Series, direction: Direction | None, colour: str) -> None:
    """Mark the best value and write it beside, where the curve is not: away from the panel's edges."""
    row = best_row(values, direction)
    if not any(map(isfinite, values)):
        panel.set_yticks([])
        panel.text(0.5, 0.5, "no finite value", transform=panel.transAxes, ha="center", color=QUIET_INK)
    if row is None:
        return
    panel.plot(
        epochs[row], values[row], "o", markersize=9, markerfacecolor=PAPER, markeredgecolor=colour, mew=2
    )
    late = row > len(values) / 2
    panel.annotate(
        f"{values[row]:.4g}",
        (epochs[row], values[row]),
        xytext=(-9 if late else 9, -15 if direction == "min" else 9),
        textcoords="offset points",
        ha="right" if late else "left",
        color=INK,
        weight="bold",
        bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 0.8},
    )


def _add_legend(chart: "Figure", panels: Sequence["Axes"]) -> None:
    lines = {
        label: line
        for panel in panels
        for line, label in zip(*panel.get_legend_handles_labels(), strict=True)
    }
    if lines:
        words = [f"{label} (best ringed)" if label == list(lines)[-1] else label for label in lines]
        chart.legend(
            list(lines.values()), words, loc="outside upper right", ncols=2, frameon=False, fontsize=10
        )
