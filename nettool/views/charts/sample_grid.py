"""Samples as a grid of pictures, each with its label; several images of a sample stand side by side."""

from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.field import Field
from nettool.data.preview import Arrays, Preview
from nettool.views.style import INK, RULE
from nettool.views.terminal.preview_text import caption

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

_ACROSS = 10
_GRID_INCHES = 11.6
_HEADING_INCHES = 0.45
_LINE_INCHES = 0.18
_MOST_PIXELS = 160
"""Of a side; a larger image is drawn with every second pixel, or every third, and so on."""


def images_of(preview: Preview) -> tuple[Field, ...]:
    """The image fields, in their order."""
    return tuple(field for field in preview.fields if field.kind == "image")


def grid_inches(preview: Preview) -> float:
    """How high the grid is."""
    lines = max((caption(preview, sample).count("\n") + 1 for sample in range(len(preview.rows))), default=1)
    height, width = _cell(preview, preview.samples, 0).shape[:2]
    cell: float = _GRID_INCHES / _across(preview) * 0.92 * min(height / width, 1.6)
    return _HEADING_INCHES + ceil(len(preview.rows) / _across(preview)) * (cell + lines * _LINE_INCHES + 0.12)


def draw_grid(strip: "SubFigure", preview: Preview, samples: Arrays, title: str) -> None:
    """One picture for each sample; `samples` has the images to be drawn, on the stored scale."""
    across = _across(preview)
    down = ceil(len(preview.rows) / across)
    strip.suptitle(title, x=0.02, ha="left", fontsize=12, parse_math=False)
    cells = strip.subplots(down, across, squeeze=False).flat
    for sample, axes in enumerate(cells):
        if sample < len(preview.rows):
            _draw(axes, _cell(preview, samples, sample))
            axes.set_title(
                caption(preview, sample),
                fontsize=9,
                fontweight="normal",
                loc="center",
                pad=3,
                color=INK,
                parse_math=False,
            )
        else:
            axes.remove()


def _across(preview: Preview) -> int:
    return max(2, _ACROSS // len(images_of(preview)))


def _draw(axes: "Axes", image: NDArray[np.float64]) -> None:
    axes.imshow(image, vmin=0, vmax=1, cmap="gray", interpolation="nearest")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.grid(False)
    for spine in axes.spines.values():
        spine.set(visible=True, color=RULE, linewidth=0.6)


def _cell(preview: Preview, samples: Arrays, sample: int) -> NDArray[np.float64]:
    """The images of a sample side by side, a white gap between them, from 0 to 1."""
    images = [_image(samples[field.name][sample], field.highest) for field in images_of(preview)]
    if len(images) == 1:
        return images[0]
    height = max(image.shape[0] for image in images)
    is_grey = all(image.ndim == 2 for image in images)
    gap = max(1, images[0].shape[1] // 14)
    pieces: list[NDArray[np.float64]] = []
    for image in images:
        whole = image if is_grey or image.ndim == 3 else np.repeat(image[:, :, np.newaxis], 3, axis=2)
        below = height - whole.shape[0]
        pieces += [_framed(whole, below, whole.shape[1]), np.ones((height, gap, *whole.shape[2:]))]
    return np.concatenate(pieces[:-1], axis=1)


def _framed(image: NDArray[np.float64], below: int, width: int) -> NDArray[np.float64]:
    """The image with white below it."""
    return np.concatenate([image, np.ones((below, width, *image.shape[2:]))], axis=0)


def _image(values: NDArray[Any], highest: float) -> NDArray[np.float64]:
    """(height, width) for grey, (height, width, 3) for colour, from 0 to 1; of other channels the first."""
    step = max(1, ceil(max(values.shape[:2]) / _MOST_PIXELS))
    shown = np.clip(values[::step, ::step].astype(np.float64) / highest, 0, 1)
    return shown[:, :, :3] if shown.shape[2] in (3, 4) else shown[:, :, 0]
