"""Crops and pads images, makes them grey, and gives grey ones three channels."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def with_channels(images: NDArray[Any], channels: int) -> NDArray[Any]:
    """The images, (samples, height, width, 1, 3 or 4), with 1 or 3 channels.

    Grey is the mean of the three colours, rounded where the values are whole numbers; grey is repeated to
    make three channels; a fourth channel, how opaque a pixel is, is left out.
    """
    if images.shape[3] == channels:
        return images
    if images.shape[3] == 4:
        return with_channels(images[..., :3], channels)
    if channels == 3:
        return np.repeat(images, 3, axis=3)
    if images.dtype.kind == "f":
        grey: NDArray[Any] = images.mean(axis=3, keepdims=True, dtype=images.dtype)
        return grey
    total: NDArray[Any] = images.sum(
        axis=3, keepdims=True, dtype=np.uint16 if images.dtype == np.uint8 else np.int64
    )
    return ((total + 1) // 3).astype(images.dtype)


def crop(images: NDArray[Any], height: int, width: int) -> NDArray[Any]:
    """The middle of the images, (samples, height, width, channels); nothing is copied.

    Where it cannot be the very middle, the bottom and the right lose one row or column more.
    """
    old_height, old_width = images.shape[1:3]
    top, left = (old_height - height) // 2, (old_width - width) // 2
    return images[:, top : top + height, left : left + width]


def pad(images: NDArray[Any], height: int, width: int) -> NDArray[Any]:
    """The images, (samples, height, width, channels), with black around them up to this height and width.

    Where the black cannot be shared equally, the bottom and the right get one row or column more.
    """
    count, old_height, old_width, channels = images.shape
    if (old_height, old_width) == (height, width):
        return images
    top, left = (height - old_height) // 2, (width - old_width) // 2
    padded = np.zeros((count, height, width, channels), images.dtype)
    padded[:, top : top + old_height, left : left + old_width] = images
    return padded
