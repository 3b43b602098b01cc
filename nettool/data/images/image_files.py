"""Image files as lazy values: decoded in threads when they are asked for, and kept while memory allows."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Rows
from nettool.data.decode_image import decode_image
from nettool.data.failure import DataError
from nettool.data.image_header import read_header
from nettool.data.kept_images import Images, KeptImages, kept_images
from nettool.data.transforms.resize import resize

_IMAGES_A_TASK = 16
"""So few that a batch is shared out evenly, and so many that they are worth resizing together."""

_IMAGES_A_BATCH = 256
"""So few are decoded by the thread that asks: TensorFlow's threads ask for several batches at a time, and
handing them on to others costs a tenth."""

_HEADERS_A_TASK = 256


@dataclass(frozen=True, slots=True, eq=False)
class ImageFiles:
    """The images of files, uint8 of (height, width, channels) with 255 for full brightness.

    `stored` is the shape that all images have once they have as many channels (1 or 3); where their sizes
    differ, height and width are None, and only what `resized` returns can be read.
    """

    paths: Sequence[str]
    stored: tuple[int | None, int | None, int]
    wanted: tuple[int, int] | None = None
    _kept: KeptImages | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_kept", kept_images(len(self.paths), self.shape))

    @property
    def shape(self) -> tuple[int | None, ...]:
        """Of one image."""
        return self.stored if self.wanted is None else (*self.wanted, self.stored[2])

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Bytes."""
        return np.dtype(np.uint8)

    def __len__(self) -> int:
        return len(self.paths)

    def resized(self, height: int, width: int) -> ImageFiles:
        """The same images in this size, as `resize` makes it, whatever the size of each file."""
        return replace(self, wanted=(height, width))

    def read(self, rows: Rows) -> NDArray[np.generic]:
        """The images of these rows, in this order.

        Raises DataError, naming the file, for one that cannot be decoded or is of another size.
        """
        if self._kept is not None:
            return self._kept.read(rows, self._decode)
        images = np.empty((len(rows), *(length or 0 for length in self.shape)), np.uint8)
        self._decode(rows, images, np.arange(len(rows)))
        return images

    def check(self, rows: Rows | None = None) -> None:
        """Look at the headers alone, whether these rows (None means all) are images of the stored size.

        Raises DataError that names the first other one.
        """
        paths = self.paths if rows is None else [self.paths[row] for row in rows]
        some = [paths[start : start + _HEADERS_A_TASK] for start in range(0, len(paths), _HEADERS_A_TASK)]
        for _ in _workers().map(self._check_some, some):
            pass

    def _check_some(self, paths: Sequence[str]) -> None:
        for path in paths:
            header = read_header(path, path)
            self._check_size(path, (header.height, header.width))

    def _check_size(self, path: str, size: tuple[int, ...]) -> None:
        if size != self.stored[:2]:
            height, width = self.stored[:2]
            raise DataError(
                f"`{path}` is {size[0]}×{size[1]} pixels, other images are {height}×{width}",
                ("say `resize: [height, width]`, the size that all of them get",),
            )

    def _decode(self, rows: Rows, images: Images, places: Rows) -> None:
        """Decode these rows into `images`, at these places."""
        tasks = [slice(start, start + _IMAGES_A_TASK) for start in range(0, len(rows), _IMAGES_A_TASK)]
        run = map if len(rows) <= _IMAGES_A_BATCH else _workers().map
        for _ in run(lambda task: self._decode_some(rows[task], images, places[task]), tasks):
            pass

    def _decode_some(self, rows: Rows, images: Images, places: Rows) -> None:
        of_size: dict[tuple[int, ...], tuple[list[Images], list[int]]] = {}
        for row, place in zip(rows.tolist(), places.tolist(), strict=True):
            path = self.paths[row]
            pixels = decode_image(path, self.stored[2], self.wanted)
            if self.wanted is None:
                self._check_size(path, pixels.shape[:2])
            alike, their_places = of_size.setdefault(pixels.shape, ([], []))
            alike.append(pixels)
            their_places.append(place)
        height, width = images.shape[1:3]
        for alike, their_places in of_size.values():
            images[their_places] = resize(np.stack(alike), height, width)


@cache
def _workers() -> ThreadPoolExecutor:
    """One for all. Decoding leaves Python's lock, but more threads than processors would queue for it."""
    return ThreadPoolExecutor(os.cpu_count() or 1, "images")
