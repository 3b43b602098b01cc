"""What a network makes of images that it should give back: the targets above, its predictions below."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nettool.views.charts.chart import ChartForm, blank_chart, chart_files
from nettool.views.style import QUIET_INK, RULE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Images = NDArray[np.float64]

_WIDTH_INCHES = 12.0
_HEADING_INCHES = 0.9


def draw_reconstructions(
    targets: Images, predictions: Images, title: str, forms: tuple[ChartForm, ...] = ("svg", "png")
) -> dict[ChartForm, bytes]:
    """A column for each image: (images, height, width, channels), from 0 to 1; values outside are clipped.

    One or two channels are drawn in grey (the first), three or four in colour.
    """
    count, height, width = targets.shape[:3]
    cell = _WIDTH_INCHES / count * 0.95 * min(height / width, 2.0)
    with blank_chart(_WIDTH_INCHES, _HEADING_INCHES + 2 * cell, title) as chart:
        rows = chart.subplots(2, count, squeeze=False)
        for axes, images, name in zip(rows, (targets, predictions), ("target", "prediction"), strict=True):
            axes[0].set_ylabel(name, color=QUIET_INK, fontsize=11)
            for place, image in zip(axes, images, strict=True):
                _draw(place, image)
        return chart_files(chart, forms)


def _draw(axes: "Axes", image: Images) -> None:
    pixels = image[:, :, :3] if image.shape[2] >= 3 else image[:, :, 0]
    axes.imshow(np.clip(pixels, 0, 1), vmin=0, vmax=1, cmap="gray", interpolation="nearest")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.grid(False)
    for spine in axes.spines.values():
        spine.set(visible=True, color=RULE, linewidth=0.6)
