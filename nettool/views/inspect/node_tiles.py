"""What each node gives for a sample, as small pictures that a page holds within itself."""

from math import ceil, isfinite, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.field import Field
from nettool.layers.outcome import shape_text
from nettool.views.charts.small_png import pixels_png
from nettool.views.inspect.colour_scale import ColourScale, fitting_scale
from nettool.views.inspect.layer_maps import LayerMaps, LayerNumbers, LayerSteps, Shown, means, shown
from nettool.views.inspect.thumbnails import Thumbnail
from nettool.views.page.sample_tiles import Tile
from nettool.views.predictions.number_text import percent, short
from nettool.views.predictions.prediction import Answer, ClassAnswer, ImageAnswer, NumbersAnswer

_MAPS, _MAPS_ACROSS = 8, 4
_MOST_BARS = 32
_MOST_CELLS = 4096
_MOST_LETTERS = 60
_STEPS = (32, 128)
"""Rows and columns of a sequence: numbers of each step, and steps."""
_GAP = (0, 0, 0, 0)
"""Between maps nothing is drawn."""


def node_tile(node: str, operation: str, values: NDArray[Any], names: tuple[str, ...], side: int) -> Tile:
    """What a node gives for one sample, `values` without the axis of the samples.

    `names` are those of the units of a vector. A map has at most `side` pixels in a row.
    """
    if values.dtype.kind not in "fiub" and values.dtype.name != "bfloat16":
        return Tile("It gives no numbers, so there is no picture.")
    if not values.size:
        return Tile("It gives nothing for this sample.")
    return _drawn(shown(node, operation, values.astype(np.float64), names), side)


def input_tile(fed: Field, thumbnail: Thumbnail, side: int) -> Tile | None:
    """What feeds an input: its image, or its words; None for plain numbers, which `node_tile` draws."""
    if thumbnail.images:
        image = thumbnail.images[0]
        return _image(ColourScale("brightness").pixels(image), side, f"The image `{fed.name}`.")
    if fed.kind in ("sequence", "label"):
        return Tile(f"{fed.name}: {' '.join(thumbnail.lines)}")
    return None


def answered(tile: Tile, answer: Answer, side: int) -> Tile:
    """The tile of an output with its answer: a class, an image, or numbers in the data's unit."""
    if isinstance(answer, ImageAnswer):
        pixels = np.repeat(answer.pixels, 3, axis=2) if answer.pixels.shape[2] == 1 else answer.pixels
        return _image(pixels, side, "The image that it predicts.")
    if isinstance(answer, ClassAnswer):
        text = percent if answer.are_probabilities else short
        said = ", ".join(f"{each.name} ({text(each.value)})" for each in answer.ranked)
    elif isinstance(answer, NumbersAnswer) and answer.values.size <= _MOST_BARS:
        said = ", ".join(short(float(value)) for value in np.ravel(answer.values))
    else:
        return tile
    return Tile(tile.words, tile.png, tile.size, tile.bars, tile.names, said)


def _drawn(what: Shown, side: int) -> Tile:
    if isinstance(what, LayerMaps):
        return _maps(what, side)
    if isinstance(what, LayerSteps):
        return _steps(what)
    return _bars(what) if len(what.values) <= _MOST_BARS else _cells(what)


def _maps(what: LayerMaps, side: int) -> Tile:
    values = what.values[:, :, :_MAPS]
    count = values.shape[2]
    step = ceil(max(values.shape[:2]) / (2 * side if count == 1 else side))
    values = means(values, step)
    scale = fitting_scale(values)
    across = min(count, _MAPS_ACROSS if count > 2 else 2)
    tall, wide = values.shape[:2]
    gap = 1 if max(tall, wide) > 3 else 0
    down = ceil(count / across)
    pixels = np.full((down * (tall + gap) - gap, across * (wide + gap) - gap, 4), _GAP, np.uint8)
    for place in range(count):
        top, left = place // across * (tall + gap), place % across * (wide + gap)
        pixels[top : top + tall, left : left + wide] = _opaque(scale.pixels(values[:, :, place]))
    few = "" if count == what.channel_count else f" of {what.channel_count:,}"
    which = f"{what.of.capitalize()} 0" if count == 1 else f"{_plural(what.of)} 0 to {count - 1}"
    size = shape_text(what.shape[-3:-1]).strip("()").replace(", ", "×")
    coarse = (
        "" if step * what.step == 1 else f", a pixel is the mean of {step * what.step}×{step * what.step}"
    )
    return _tile(pixels, f"{which}{few}, {size} each{coarse}. {_scale_words(scale)}")


def _plural(of: str) -> str:
    return "Channels" if of == "channel" else "Slices of channels"


def _steps(what: LayerSteps) -> Tile:
    rows, columns = what.values.shape
    step = max(ceil(rows / _STEPS[0]), 1), max(ceil(columns / _STEPS[1]), 1)
    values = means(means(what.values[:, :, np.newaxis], step[0], axes=(0,)), step[1], axes=(1,))[:, :, 0]
    scale = fitting_scale(values)
    coarse = "" if step == (1, 1) else f", a pixel is the mean of {step[0]}×{step[1]}"
    words = f"{columns:,} steps from left to right, {rows:,} numbers each{coarse}. {_scale_words(scale)}"
    return _tile(_opaque(scale.pixels(values)), words)


def _bars(what: LayerNumbers) -> Tile:
    count = len(what.values)
    bars = tuple(float(f"{value:.4g}") if isfinite(value) else None for value in what.values.tolist())
    words = "One number." if count == 1 else f"{count} numbers."
    names = tuple(name[:_MOST_LETTERS] for name in what.names)
    return Tile(words, bars=bars, names=names)


def _cells(what: LayerNumbers) -> Tile:
    """A cell for each number, row after row, as text runs."""
    count = len(what.values)
    values = what.values[:_MOST_CELLS]
    across = ceil(sqrt(2 * len(values)))
    scale = fitting_scale(values)
    down = ceil(len(values) / across)
    pixels = np.full((down * across, 4), _GAP, np.uint8)
    pixels[: len(values)] = _opaque(scale.pixels(values[np.newaxis]))[0]
    first = "" if len(values) == count else f"the first {len(values):,} of "
    words = f"{first}{count:,} numbers, {across} in a row, as text runs. {_scale_words(scale)}"
    return _tile(pixels.reshape(down, across, 4), words[0].upper() + words[1:])


def _image(pixels: NDArray[np.uint8], side: int, words: str) -> Tile:
    step = max(1, ceil(max(pixels.shape[:2]) / (3 * side)))
    return _tile(_opaque(pixels[::step, ::step]), words)


def _tile(pixels: NDArray[np.uint8], words: str) -> Tile:
    height, width = pixels.shape[:2]
    return Tile(words, pixels_png(pixels), (width, height))


def _opaque(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    whole = np.full((*pixels.shape[:2], 1), 255, np.uint8)
    return np.concatenate([pixels, whole], axis=2)


def _scale_words(scale: ColourScale) -> str:
    if not scale.limit:
        return "All are zero."
    if scale.kind == "sequential":
        return f"From 0 (white) to {short(scale.limit)} (blue)."
    return f"From −{short(scale.limit)} (blue) over 0 (white) to +{short(scale.limit)} (red)."
