"""Changes the size of images, bilinearly, as Pillow does it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.transforms.bilinear import resize_bytes

_IMAGES_AT_ONCE = 256
_VALUES_AT_ONCE = 1 << 18
"""So few that they stay in a processor's cache as float32; of larger images one at a time."""

_LARGEST = 1 << 24
"""Values of an image that is resized as float32, in 64 MB; larger ones are left to Pillow."""


def resize(images: NDArray[Any], height: int, width: int) -> NDArray[Any]:
    """The images, (samples, height, width, channels), at another height and width.

    Bilinear with Pillow's filter, which grows wider when an image shrinks, so that no pixel is left out:
    first the rows, then the columns, rounded in between. The values are Pillow's but for the rounding of
    what is next to a half: see `resize_bytes`; and some versions of Pillow take the columns first where the
    height shrinks much more than the width. Other types than uint8 go through Pillow as float32.
    """
    old_height, old_width, channels = images.shape[1:]
    if (old_height, old_width) == (height, width):
        return images
    largest = max(old_height, height) * max(old_width, width) * channels
    is_quick = images.dtype == np.uint8 and largest <= _LARGEST
    at_once = max(1, _VALUES_AT_ONCE // largest) if is_quick else _IMAGES_AT_ONCE
    resized = np.empty((len(images), height, width, channels), images.dtype)
    for start in range(0, len(images), at_once):
        some = slice(start, start + at_once)
        if is_quick:
            resize_bytes(images[some], resized[some])
        else:
            resized[some] = _resize_together(images[some], height, width)
    return resized


def _resize_together(images: NDArray[Any], height: int, width: int) -> NDArray[Any]:
    """Many images as one, with Pillow: first all their rows, then all their columns."""
    count, old_height, old_width, channels = images.shape
    if channels == 3 and images.dtype == np.uint8:
        stacked = images.reshape(count * old_height, old_width, channels)
        wide = _resize_one(stacked, count * old_height, width).reshape(count, old_height, width, channels)
    else:
        stacked = images.transpose(0, 1, 3, 2).reshape(count * old_height * channels, old_width, 1)
        apart = _resize_one(stacked, count * old_height * channels, width)
        wide = apart.reshape(count, old_height, channels, width).transpose(0, 1, 3, 2)
    beside = wide.transpose(1, 0, 2, 3).reshape(old_height, count * width * channels, 1)
    tall = _resize_one(beside, height, count * width * channels)
    return tall.reshape(height, count, width, channels).transpose(1, 0, 2, 3)


def _resize_one(image: NDArray[Any], height: int, width: int) -> NDArray[Any]:
    from PIL import Image

    pixels = image[:, :, 0] if image.shape[2] == 1 else image
    is_bytes = pixels.dtype == np.uint8
    pillow = Image.fromarray(pixels if is_bytes else pixels.astype(np.float32))
    resized = np.asarray(pillow.resize((width, height), Image.Resampling.BILINEAR))
    if is_bytes:
        return resized
    return (np.rint(resized) if image.dtype.kind in "iu" else resized).astype(image.dtype, copy=False)
