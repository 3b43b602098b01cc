"""Samples as points, coloured by class: projected to two numbers, and drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from nettool.views.charts.chart import ChartForm, blank_chart, chart_files
from nettool.views.style import CLASS_COLOURS, CLASS_MARKS, INK, PAPER, QUIET_INK, TRAINING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH = 9.6
_LEAST_HEIGHT, _MOST_HEIGHT = 4.4, 7.0
_MARGINS = (2.2, 1.6)
"""Inches beside and above the points."""
_MOST_IN_LEGEND = 24
_MOST_NAMED = 40
_SCALE = "viridis"
_NAMED_ON_SCALE, _LONGEST_ON_SCALE = 9, 24
_POINT = 15
_CLOSE = 0.08
"""The share of the picture's width below which a group of points is small."""
_ABOVE_POINTS = 17
Method = Literal["pca", "tsne"]
_PERPLEXITY = 30.0
"""scikit-learn's own default; a few samples allow less."""

_DIRECTIONS_BEFORE = 50
"""t-SNE of more numbers takes so many principal directions (van der Maaten and Hinton 2008, section 4.2)."""


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """`points` of (samples, 2), and in words how they came about.

    `shares` are those of the variance along each axis; None where the axes mean nothing.
    """

    points: NDArray[np.float64]
    shares: tuple[float, float] | None
    description: str


def project(values: NDArray[Any], method: Method, seed: int) -> Projection:
    """The projection of (samples, …); equal values and seeds give equal points.

    Raises ValueError, in the user's words, for fewer than three samples and for numbers that are not finite.
    """
    rows = values.reshape(len(values), -1).astype(np.float64)
    if len(rows) < 3:
        raise ValueError(f"{len(rows)} samples are too few for a picture of how they lie")
    if not np.isfinite(rows).all():
        raise ValueError("what the node gives holds NaN or infinity")
    return _principal(rows, seed) if method == "pca" else _neighbours(rows, seed)


def _principal(rows: NDArray[np.float64], seed: int) -> Projection:
    directions = min(2, rows.shape[1])
    points, shares = _components(rows, directions, seed)
    if directions == 1:
        points = np.concatenate([points, np.zeros_like(points)], axis=1)
        shares = np.array([*shares, 0.0])
    return Projection(points, (float(shares[0]), float(shares[1])), "principal components")


def _neighbours(rows: NDArray[np.float64], seed: int) -> Projection:
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    before = ""
    if rows.shape[1] > _DIRECTIONS_BEFORE:
        directions = min(_DIRECTIONS_BEFORE, len(rows))
        rows, _ = _components(rows, directions, seed)
        before = f" of {directions} principal components"
    perplexity = min(_PERPLEXITY, (len(rows) - 1) / 3)
    # scikit-learn starts from the first two principal components, which one number for each sample lacks.
    start = "pca" if rows.shape[1] > 1 else "random"
    # Several threads add up in whatever order they end, and wait for each other where the machine is busy.
    with threadpool_limits(1):
        found = TSNE(perplexity=perplexity, init=start, random_state=seed).fit_transform(rows)
    description = f"t-SNE{before}, perplexity {perplexity:.3g}, seed {seed}"
    return Projection(found.astype(np.float64), None, description)


def _components(
    rows: NDArray[np.float64], directions: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The samples along that many principal directions, and each direction's share of the variance."""
    from sklearn.decomposition import PCA

    # Samples that are all the same have no variance to be shared.
    with np.errstate(invalid="ignore", divide="ignore"):
        found = PCA(directions, random_state=seed).fit(rows)
    return found.transform(rows), np.nan_to_num(found.explained_variance_ratio_)


def draw_embedding(
    projection: Projection,
    numbers: NDArray[np.int64] | None,
    classes: Sequence[str],
    title: str,
    subtitle: str = "",
    forms: Sequence[ChartForm] = ("svg", "png"),
) -> dict[ChartForm, bytes]:
    """A point for each sample; `numbers` are their classes' numbers, None where no class is known.

    A class has a colour, a mark, and its name where the middle of its points is; more than 40 share a
    scale of colours. As file contents by form.
    """
    with blank_chart(_WIDTH, _height(projection.points), title) as chart:
        axes = chart.subplots()
        if numbers is None:
            _scatter(axes, projection.points, TRAINING, "o", "")
        else:
            _draw_classes(axes, projection.points, numbers, classes)
        _name_axes(axes, projection)
        axes.set_title(subtitle, fontsize=10, fontweight="normal", color=QUIET_INK, parse_math=False)
        axes.grid(visible=projection.shares is not None, axis="both")
        axes.margins(0.08)
        axes.set_aspect("equal", adjustable="datalim")
        return chart_files(chart, forms, f"{title}. {subtitle}".rstrip(". "))


def _height(points: NDArray[np.float64]) -> float:
    """Inches, for points that need the same unit on both axes."""
    across, down = np.ptp(points, axis=0)
    wanted = (_WIDTH - _MARGINS[0]) * float(down / across) if across else 0.0
    return min(max(wanted + _MARGINS[1], _LEAST_HEIGHT), _MOST_HEIGHT)


def class_look(number: int) -> tuple[str, str]:
    """The colour and the mark of a class: no two of 96 classes have both in common, none of 12 the colour."""
    colours, marks = len(CLASS_COLOURS), len(CLASS_MARKS)
    return CLASS_COLOURS[number % colours], CLASS_MARKS[(number + number // colours) % marks]


def _draw_classes(
    axes: "Axes", points: NDArray[np.float64], numbers: NDArray[np.int64], classes: Sequence[str]
) -> None:
    present = [number for number in range(len(classes)) if (numbers == number).any()]
    if len(present) > _MOST_NAMED:
        _scatter_on_scale(axes, points, numbers, classes)
        return
    for number in present:
        own = points[numbers == number]
        colour, mark = class_look(number)
        # matplotlib leaves names that begin with an underscore out of a legend.
        name = classes[number].lstrip("_") or classes[number].replace("_", "–")
        _scatter(axes, own, colour, mark, f"{name} ({len(own):,})")
    extent = float(np.ptp(points, axis=0).max())
    for number in present:
        _name(axes, points[numbers == number], classes[number], extent)
    if len(present) <= _MOST_IN_LEGEND:
        legend = axes.figure.legend(loc="outside right upper", frameon=False, fontsize=9, markerscale=1.4)
        for text in legend.get_texts():
            text.set_parse_math(False)


def _scatter(axes: "Axes", points: NDArray[np.float64], colour: str, mark: str, label: str) -> None:
    axes.scatter(
        points[:, 0],
        points[:, 1],
        s=_POINT,
        c=colour,
        marker=mark,
        alpha=0.8,
        linewidths=0,
        label=label,
    )


def _scatter_on_scale(
    axes: "Axes", points: NDArray[np.float64], numbers: NDArray[np.int64], classes: Sequence[str]
) -> None:
    """Points whose colour is the place of their class among all of them, and a scale that names some."""
    last = len(classes) - 1
    drawn = axes.scatter(
        points[:, 0], points[:, 1], s=_POINT, c=numbers, cmap=_SCALE, vmin=0, vmax=last, linewidths=0
    )
    named = np.linspace(0, last, _NAMED_ON_SCALE).round().astype(int).tolist()
    bar = axes.figure.colorbar(drawn, ax=axes, ticks=named, fraction=0.03, pad=0.02)
    bar.outline.set_visible(False)
    bar.ax.set_yticklabels([_cut(classes[number]) for number in named], fontsize=9, parse_math=False)
    bar.set_label(f"{len(classes):,} classes, in their order")


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_ON_SCALE else f"{name[: _LONGEST_ON_SCALE - 1]}…"


def _name(axes: "Axes", points: NDArray[np.float64], name: str, extent: float) -> None:
    """In the middle of the points; above it where they lie so close that the name would hide them."""
    middle = np.median(points, axis=0)
    low, high = np.percentile(points, (10, 90), axis=0)
    is_close = float((high - low).max()) < _CLOSE * extent
    axes.annotate(
        name,
        (float(middle[0]), float(middle[1])),
        (0, _ABOVE_POINTS if is_close else 0),
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=13,
        fontweight="bold",
        color=INK,
        parse_math=False,
        bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.7, "pad": 1.2},
    )


def _name_axes(axes: "Axes", projection: Projection) -> None:
    if projection.shares is None:
        axes.set_xticklabels([])
        axes.set_yticklabels([])
        axes.set_xlabel("t-SNE: neighbours are alike; axes and distances of groups have no unit")
        return
    first, second = projection.shares
    axes.set_xlabel(f"first principal component ({first:.0%} of the variance)")
    axes.set_ylabel(f"second principal component ({second:.0%})")
