"""A sample's image as a small PNG file, for pages that hold everything within themselves."""

from base64 import b64encode
from io import BytesIO
from math import ceil

import numpy as np
from numpy.typing import NDArray

_MOST_PIXELS = 128
"""Of a side; of a larger image every second pixel is kept, or every third, and so on."""


def small_png(values: NDArray[np.floating]) -> str:
    """The file in base64. `values` are (height, width, channels), from 0 to 1 (white).

    One channel is grey, three and four are colour; of other numbers of channels the first is shown.
    """
    from PIL import Image

    step = max(1, ceil(max(values.shape[:2]) / _MOST_PIXELS))
    bright = values[::step, ::step].astype(np.float64) * 255
    pixels = np.rint(np.nan_to_num(bright).clip(0, 255)).astype(np.uint8)
    shown = pixels[:, :, :3] if pixels.shape[2] in (3, 4) else pixels[:, :, 0]
    file = BytesIO()
    Image.fromarray(shown).save(file, format="PNG")
    return b64encode(file.getvalue()).decode("ascii")
