"""Makes colour images grey and grey images three-channelled."""

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
