"""Puts images in the middle of a larger black one."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


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
