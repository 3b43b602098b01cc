"""Image files and arrays of images as lazy values, which go through the training's steps as they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column, LazyValues, Rows
from nettool.data.failure import DataError
from nettool.data.images.decode_image import decode_image
from nettool.data.images.image_header import read_header
from nettool.data.prediction.image_steps import ImageSteps
from nettool.data.prediction.input_field import InputField
from nettool.data.scale import Scale


class _Pictures(Protocol):
    """Images that may be of different sizes."""

    def __len__(self) -> int: ...

    def prepared(self, rows: Rows, steps: ImageSteps, *, inverted: bool) -> NDArray[Any]: ...


@dataclass(frozen=True, slots=True, eq=False)
class PreparedImages:
    """Lazy values: `pictures` after the training's `steps`; `inverted`, dark for bright, before anything."""

    pictures: _Pictures
    steps: ImageSteps
    inverted: bool
    dtype: np.dtype[np.generic]

    @property
    def shape(self) -> tuple[int | None, ...]:
        """Of one image."""
        return self.steps.shape

    def __len__(self) -> int:
        return len(self.pictures)

    def read(self, rows: Rows) -> NDArray[np.generic]:
        """The images of these rows. Raises DataError, naming the file, for one that cannot be used."""
        return self.pictures.prepared(rows, self.steps, inverted=self.inverted)


@dataclass(frozen=True, slots=True, eq=False)
class _Files:
    paths: Sequence[str]
    deep: bool

    def __len__(self) -> int:
        return len(self.paths)

    def prepared(self, rows: Rows, steps: ImageSteps, *, inverted: bool) -> NDArray[Any]:
        return np.concatenate([self._one(self.paths[row], steps, inverted=inverted) for row in rows])

    def _one(self, path: str, steps: ImageSteps, *, inverted: bool) -> NDArray[Any]:
        channels = steps.channels or (1 if read_header(path, path).is_grey else 3)
        pixels = decode_image(path, channels, deep=self.deep)[np.newaxis]
        return steps.applied(np.iinfo(pixels.dtype).max - pixels if inverted else pixels, path)


@dataclass(frozen=True, slots=True, eq=False)
class _Stacked:
    images: LazyValues
    name: str
    highest: float

    def __len__(self) -> int:
        return len(self.images)

    def prepared(self, rows: Rows, steps: ImageSteps, *, inverted: bool) -> NDArray[Any]:
        images: NDArray[Any] = self.images.read(rows)
        if inverted:
            images = images.dtype.type(self.highest) - images
        return steps.applied(images, self.name)


def image_files(paths: Sequence[str], wanted: InputField, *, invert: bool) -> tuple[Column, tuple[str, ...]]:
    """These files as a column of the field, and in plain lines what is changed to make them fit.

    The headers of all files are looked at. Raises DataError, naming the file, for one that is not an image.
    """
    headers = [read_header(path, path) for path in paths]
    shapes = [(header.height, header.width, 1 if header.is_grey else 3) for header in headers]
    steps = _steps(wanted)
    deep = any(header.is_deep for header in headers)
    dtype = np.uint16 if deep else np.uint8
    values = PreparedImages(_Files(paths, deep), steps, invert, np.dtype(dtype))
    return Column(values, scale=in_range(wanted, np.iinfo(dtype).max)), _changes(shapes, steps)


def array_images(
    images: LazyValues, name: str, highest: float, wanted: InputField, *, invert: bool
) -> tuple[Column, tuple[str, ...]]:
    """Images of one array, (height, width, channels) each and at most as bright as `highest`, likewise."""
    height, width, channels = (length or 0 for length in images.shape)
    steps = _steps(wanted)
    values = PreparedImages(_Stacked(images, name, highest), steps, invert, images.dtype)
    changes = _changes([(height, width, 1 if channels == 1 else 3)] * len(images), steps)
    return Column(values, scale=in_range(wanted, highest)), changes


def in_range(wanted: InputField, highest: float) -> Scale:
    """The training's scale for values that are `highest` where its own were at full brightness."""
    factor = highest / wanted.field.highest
    if factor == 1:
        return wanted.scale
    return replace(
        wanted.scale,
        shift=tuple(number * factor for number in wanted.scale.shift),
        divisor=tuple(number * factor for number in wanted.scale.divisor),
    )


def _steps(wanted: InputField) -> ImageSteps:
    if wanted.steps is None:
        raise DataError(f"the field `{wanted.field.name}` is a {wanted.field.kind}, no image")
    return wanted.steps


def _changes(shapes: Iterable[tuple[int, int, int]], steps: ImageSteps) -> tuple[str, ...]:
    """One plain line of what is done to images only because they are unlike those of the training."""
    counts = Counter(shapes)
    total = sum(counts.values())
    done = []
    others = {shape[:2] for shape in counts if steps.size is not None and shape[:2] != steps.size}
    if others and steps.size is not None:
        count = sum(counts[shape] for shape in counts if shape[:2] in others)
        origin = "other sizes" if len(others) > 1 else "×".join(map(str, next(iter(others))))
        done.append((count, f"resized from {origin} to {steps.size[0]}×{steps.size[1]}"))
    channels = steps.channels or steps.shape[2]
    count = sum(counts[shape] for shape in counts if shape[2] != channels)
    if count:
        done.append((count, "made grey" if channels == 1 else "given three equal channels, being grey"))
    if not done:
        return ()
    if len({count for count, _ in done}) == 1:
        words = f"{_share(done[0][0], total)} {' and '.join(what for _, what in done)}"
    else:
        words = ", ".join(f"{_share(count, total)} {what}" for count, what in done)
    return (f"to be like those of the training, {words}",)


def _share(count: int, total: int) -> str:
    if total == 1:
        return "the image is"
    if count == total:
        return f"all {total:,} images are"
    return f"{count:,} of {total:,} images {'is' if count == 1 else 'are'}"
