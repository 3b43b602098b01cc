"""What a sample looks like: its images, or its numbers where it has none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.data.field import Field
from nettool.views.inspect.colour_scale import ColourScale
from nettool.views.inspect.tile_grid import Box, TextStyle, TileGrid, fitting
from nettool.views.predictions.number_text import short
from nettool.views.style import INK

_GAP = 0.04
_LINE = 0.15
_MOST_LINES = 9
_MOST_LETTERS = 22
_MOST_PIXELS = 256
"""Of a side; a larger image is drawn with every second pixel, or every third, and so on."""

_BRIGHTNESS = ColourScale("brightness")


@dataclass(frozen=True, slots=True, eq=False)
class Thumbnail:
    """Images of (height, width, channels) from 0 to 1, and lines of text for what is no image."""

    images: tuple[NDArray[np.float64], ...] = ()
    lines: tuple[str, ...] = ()


def thumbnails(
    part: Part, fields: Sequence[Field], columns: Mapping[str, Sequence[str]] | None = None
) -> tuple[Thumbnail, ...]:
    """One for each sample of a part of few samples, from the fields that feed the network.

    `columns` names the numbers of vectors, by field. Raises DataError for samples that cannot be read.
    """
    stored = {field.name: part.columns[field.name].array() for field in fields}
    names = columns or {}
    return tuple(
        Thumbnail(
            tuple(_image(stored[each.name][row], each) for each in fields if each.kind == "image"),
            tuple(
                line
                for each in fields
                if each.kind != "image"
                for line in _lines(stored[each.name][row], each, names.get(each.name, ()))
            )[:_MOST_LINES],
        )
        for row in range(len(part))
    )


def height_of(shown: Sequence[Thumbnail], width: float, most: float) -> float:
    """How high a box of that width must be, and at most may be, for the highest of these thumbnails."""
    heights = [0.0]
    for thumbnail in shown:
        room = (width - _GAP * (len(thumbnail.images) - 1)) / max(len(thumbnail.images), 1)
        heights += [room * image.shape[0] / image.shape[1] for image in thumbnail.images]
        heights.append(0.0 if thumbnail.images else _LINE * len(thumbnail.lines))
    return min(max(heights), most)


def draw_thumbnail(grid: TileGrid, thumbnail: Thumbnail, box: Box, name: str) -> None:
    """The images side by side, as large as fits, or the lines of text; `name` is the id of the tile."""
    if not thumbnail.images:
        text = "\n".join(thumbnail.lines)
        size = min(fitting(text, box.width, 8.0), 72 * box.height / (1.3 * max(len(thumbnail.lines), 1)))
        grid.words(text, box.x, box.y, TextStyle(size=size, down="top", colour=INK))
        return
    room = (box.width - _GAP * (len(thumbnail.images) - 1)) / len(thumbnail.images)
    for place, image in enumerate(thumbnail.images):
        height, width = image.shape[:2]
        unit = min(room / width, box.height / height)
        x = box.x + place * (room + _GAP) + (room - unit * width) / 2
        own = Box(x, box.y + (box.height - unit * height) / 2, unit * width, unit * height)
        grid.tile(_BRIGHTNESS.pixels(image), own, name if place == 0 else f"{name}_{place}")


def _image(values: NDArray[Any], field: Field) -> NDArray[np.float64]:
    step = max(1, ceil(max(values.shape[:2]) / _MOST_PIXELS))
    shown: NDArray[np.float64] = values[::step, ::step].astype(np.float64) / field.highest
    return shown


def _lines(values: NDArray[Any], field: Field, columns: Sequence[str]) -> tuple[str, ...]:
    numbers = np.ravel(values)
    if field.kind == "label" and field.classes:
        return (f"{field.name} {field.classes[int(numbers[0])]}",)
    if field.kind == "sequence":
        steps = np.flatnonzero(numbers)
        numbers = numbers[: steps[-1] + 1] if len(steps) else numbers[:0]
        return tuple(_broken(" ".join(f"{int(number)}" for number in numbers)))
    if len(columns) == len(numbers):
        return tuple(f"{name} {short(float(value))}" for name, value in zip(columns, numbers, strict=True))
    if len(numbers) == 1:
        return (f"{field.name} {short(float(numbers[0]))}",)
    return tuple(_broken(" ".join(short(float(number)) for number in numbers)))


def _broken(text: str) -> list[str]:
    from textwrap import wrap

    lines = wrap(text, _MOST_LETTERS)
    return lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 1], "…"]
