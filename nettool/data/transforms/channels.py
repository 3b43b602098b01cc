"""Makes colour images grey and grey images three-channelled."""

import numpy as np
from numpy.typing import NDArray

from nettool.data.samples import Images


def with_channels(images: Images, channels: int) -> Images:
    """The images, (samples, height, width, 1 or 3), with 1 or 3 channels.

    Grey is the mean of the three colours, rounded; grey is repeated to make three channels.
    """
    if images.shape[3] == channels:
        return images
    if channels == 3:
        return np.repeat(images, 3, axis=3)
    total: NDArray[np.uint16] = images.sum(axis=3, keepdims=True, dtype=np.uint16)
    return ((total + 1) // 3).astype(np.uint8)
