"""Image files → images of one shape, in an array."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nettool.data.column import Rows
from nettool.data.failure import DataError
from nettool.data.images.decode_image import decode_image
from nettool.data.images.kept_images import Images
from nettool.data.transforms.resize import resize

_TOGETHER = 16
"""So many are resized together: enough to be worth it, and few enough to stay in a processor's cache."""

_LARGE = 1 << 17
"""Values. Images with more of them are resized one by one, as long as they are in the cache."""


@dataclass(frozen=True, slots=True)
class ImageFormat:
    """What all images become: height, width and 1 or 3 channels; resized, or of that size already.

    `dtype` is uint8, or uint16 for images of 16 bits.
    """

    shape: tuple[int, ...]
    is_resized: bool
    dtype: str = "uint8"


def decode_images(paths: Sequence[str], target: ImageFormat, images: Images, places: Rows) -> None:
    """Decode these files into `images`, at these places.

    Raises DataError, naming the file, for one that cannot be decoded, or that is of another size where
    nothing is resized.
    """
    for start in range(0, len(paths), _TOGETHER):
        some = slice(start, start + _TOGETHER)
        _decode_some(paths[some], target, images, places[some])


def _decode_some(paths: Sequence[str], target: ImageFormat, images: Images, places: Rows) -> None:
    of_size: dict[tuple[int, ...], tuple[list[Images], list[int]]] = {}
    height, width, channels = target.shape
    for path, place in zip(paths, places.tolist(), strict=True):
        pixels = decode_image(path, channels, deep=target.dtype == "uint16")
        if not target.is_resized:
            check_size(path, pixels.shape[:2], (height, width))
        if pixels.size > _LARGE:
            images[place] = resize(pixels[np.newaxis], height, width)[0]
            continue
        alike, their_places = of_size.setdefault(pixels.shape, ([], []))
        alike.append(pixels)
        their_places.append(place)
    for alike, their_places in of_size.values():
        images[their_places] = resize(np.stack(alike), height, width)


def check_size(path: str, size: tuple[int, ...], expected: tuple[int | None, ...]) -> None:
    """Raise DataError, naming the file, where its height and width are not the expected ones."""
    if size != expected:
        raise DataError(
            f"`{path}` is {size[0]}×{size[1]} pixels, other images are {expected[0]}×{expected[1]}",
            ("say `resize: [height, width]`, the size that all of them get",),
        )
