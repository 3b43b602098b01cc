"""Changes the size of images, bilinearly, with Pillow."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_IMAGES_AT_ONCE = 256


def resize(images: NDArray[Any], height: int, width: int) -> NDArray[Any]:
    """The images, (samples, height, width, channels), at another height and width.

    Bilinear with Pillow, whose filter grows wider when an image shrinks, so that no pixel is left out. Many
    images go through Pillow as one: first all their rows, then all their columns, which takes a fraction of
    the time and, as Pillow too rounds in between, gives the same values. (Where one side grows and the other
    shrinks, Pillow may take the columns first; the rounding then can differ by 1.) Other types than uint8 go
    through Pillow as float32.
    """
    if images.shape[1:3] == (height, width):
        return images
    resized = np.empty((len(images), height, width, images.shape[3]), images.dtype)
    for start in range(0, len(images), _IMAGES_AT_ONCE):
        some = slice(start, start + _IMAGES_AT_ONCE)
        resized[some] = _resize_together(images[some], height, width)
    return resized


def _resize_together(images: NDArray[Any], height: int, width: int) -> NDArray[Any]:
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
    if pixels.dtype != np.uint8:
        pixels = pixels.astype(np.float32)
    resized = np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR))
    return (np.rint(resized) if image.dtype.kind in "iu" else resized).astype(image.dtype, copy=False)
