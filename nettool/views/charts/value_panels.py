"""Histograms: values of images and vectors before and after normalization, lengths of sequences."""

from math import ceil, log2, sqrt
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nettool.data.preview import Preview
from nettool.data.request import Normalization
from nettool.data.values.statistics import FieldValues, Statistics, statistics
from nettool.views.style import QUIET_INK, TRAINING
from nettool.views.terminal.preview_text import mean_text, number_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

_MOST_BARS = 40
_FEWEST_BARS = 10
_TOWERING = 40
_PANEL_INCHES = 2.5
_SMALL_INCHES = 1.9
_SMALL_ACROSS = 5
_COLUMNS_SHOWN = 20

_WORDS: dict[Normalization, str] = {
    "unit": "from 0 to 1",
    "standard": "mean 0, deviation 1",
    "none": "as they are",
}


def histogram_inches(preview: Preview, name: str) -> float:
    """How high the panels of a field are."""
    columns = min(len(preview.field_values[name].columns), _COLUMNS_SHOWN)
    return _PANEL_INCHES if columns == 1 else 0.4 + _SMALL_INCHES * ceil(columns / _SMALL_ACROSS)


def draw_histograms(strip: "SubFigure", preview: Preview, name: str) -> None:
    """Of one column: stored values and those that a network gets; of several: a small panel for each.

    What is not normalized is drawn once.
    """
    values = preview.field_values[name]
    normalization = preview.normalization[name]
    if len(values.columns) > 1:
        _draw_columns(strip, name, values, normalization)
        return
    is_image = next(field.kind for field in preview.fields if field.name == name) == "image"
    unit = "pixels" if is_image else "samples"
    stored, given = values.stored[:, 0], values.given[:, 0]
    edges = _edges(stored)
    panels = strip.subplots(1, 1 if normalization == "none" else 2, squeeze=False)[0]
    _histogram(panels[0], stored, edges, unit)
    panels[0].set_title(f"{name}: values as they are stored", parse_math=False)
    panels[0].set_xlabel(_statistics_text(statistics(values.stored)[0]))
    if normalization == "none":
        panels[0].set_title(f"{name}: values, as they are stored and used", parse_math=False)
        return
    _histogram(panels[1], given, _edges_like(edges, stored, given), unit)
    panels[1].set_title(f"{name}: {_WORDS[normalization]}, as the network gets them", parse_math=False)
    panels[1].set_xlabel(_statistics_text(statistics(values.given)[0]))


def draw_lengths(strip: "SubFigure", preview: Preview) -> None:
    """A panel for each sequence field."""
    panels = strip.subplots(1, len(preview.lengths), squeeze=False)[0]
    for panel, (name, lengths) in zip(panels, preview.lengths.items(), strict=True):
        steps = lengths.astype(np.float64)
        _histogram(panel, steps, _edges(steps), "samples")
        panel.set_title(f"{name}: lengths", parse_math=False)
        panel.set_xlabel(f"{lengths.min():,} to {lengths.max():,} steps, median {np.median(lengths):,.0f}")


def _draw_columns(strip: "SubFigure", name: str, values: FieldValues, normalization: Normalization) -> None:
    shown = min(len(values.columns), _COLUMNS_SHOWN)
    more = f", the first {shown} of {len(values.columns)} columns" if shown < len(values.columns) else ""
    strip.suptitle(
        f"{name}: values as they are stored{more}; the network gets them {_WORDS[normalization]}",
        x=0.02,
        ha="left",
        fontsize=12,
        parse_math=False,
    )
    across = min(shown, _SMALL_ACROSS)
    panels = list(strip.subplots(ceil(shown / across), across, squeeze=False).flat)
    stored, given = statistics(values.stored), statistics(values.given)
    for place, panel in enumerate(panels):
        if place >= shown:
            panel.remove()
            continue
        column = values.stored[:, place]
        _histogram(panel, column, _edges(column), "")
        panel.set_yticks([])
        panel.set_title(values.columns[place], fontsize=10, parse_math=False)
        words = _small_text(stored[place])
        if normalization != "none":
            words += f"\n→ {_small_text(given[place])}"
        panel.set_xlabel(words, fontsize=8)


def _edges(values: NDArray[np.floating]) -> NDArray[np.floating]:
    """Where the bars begin and end; of whole numbers each holds equally many, or some would stand out.

    The last one may hold fewer: it ends with the highest number.
    """
    low, high = float(values.min()), float(values.max())
    bars = min(max(ceil(sqrt(len(values))), _FEWEST_BARS), _MOST_BARS)
    if (values == np.round(values)).all():
        width = 2.0 ** max(0, ceil(log2((high - low + 1) / bars)))
        edges = low - 0.5 + width * np.arange(ceil((high - low + 1) / width) + 1)
        ended: NDArray[np.floating] = np.minimum(edges, high + 0.5)
        return ended
    return np.linspace(low, high, bars + 1)


def _edges_like(
    edges: NDArray[np.floating], stored: NDArray[np.floating], given: NDArray[np.floating]
) -> NDArray[np.floating]:
    """The same bars for normalized values; edges of their own where channels are normalized differently."""
    low, high = int(np.argmin(stored)), int(np.argmax(stored))
    if stored[low] == stored[high]:
        return _edges(given)
    factor = (given[high] - given[low]) / (stored[high] - stored[low])
    if not np.allclose(given, given[low] + factor * (stored - stored[low])):
        return _edges(given)
    mapped: NDArray[np.floating] = given[low] + factor * (edges - stored[low])
    return mapped


def _histogram(panel: "Axes", values: NDArray[np.floating], edges: NDArray[np.floating], unit: str) -> None:
    """Shares of the values; on a logarithmic scale where few bars tower above all others."""
    shares = np.histogram(values, edges)[0] / len(values)
    panel.bar(edges[:-1], shares, np.diff(edges) * 0.92, align="edge", color=TRAINING)
    filled = shares[shares > 0]
    if filled.max() > _TOWERING * np.median(filled):
        panel.set_yscale("log")
        panel.minorticks_off()
        unit = unit and f"{unit} (logarithmic)"
    if unit:
        panel.set_ylabel(f"share of {unit}", color=QUIET_INK)
        panel.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.4g}%")


def _statistics_text(each: Statistics) -> str:
    return (
        f"{number_text(each.lowest)} to {number_text(each.highest)}, "
        f"mean {mean_text(each)}, deviation {number_text(each.deviation)}"
    )


def _small_text(each: Statistics) -> str:
    return (
        f"{mean_text(each)} ± {number_text(each.deviation)}, "
        f"{number_text(each.lowest)} to {number_text(each.highest)}"
    )
