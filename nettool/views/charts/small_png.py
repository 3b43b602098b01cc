"""A sample's image as a small PNG file, for pages that hold everything within themselves."""

from base64 import b64encode
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 128
"""Of a side; of a larger image every second pixel is kept, or every third, and so on."""
_PALETTE, _OPAQUE = 256, 255


def small_png(values: NDArray[np.floating]) -> str:
    """The file in base64. `values` are (height, width, channels), from 0 to 1 (white).

    One channel is grey, three and four are colour; of other numbers of channels the first is shown.
    """
    from PIL import Image

    step = max(1, ceil(max(values.shape[:2]) / _MOST_PIXELS))
    bright = values[::step, ::step].astype(np.float64) * 255
    pixels = np.rint(np.nan_to_num(bright).clip(0, 255)).astype(np.uint8)
    shown = pixels[:, :, :3] if pixels.shape[2] in (3, 4) else pixels[:, :, 0]
    return _file(Image.fromarray(shown))


def pixels_png(pixels: NDArray[np.uint8]) -> str:
    """The file in base64; `pixels` are red, green, blue and how opaque, of (height, width, 4).

    Of few colours, as a scale has them, each pixel takes a byte.
    """
    from PIL import Image

    colours, places = np.unique(pixels.reshape(-1, 4), axis=0, return_inverse=True)
    if len(colours) > _PALETTE:
        is_opaque = bool((pixels[:, :, 3] == _OPAQUE).all())
        return _file(Image.fromarray(pixels[:, :, :3] if is_opaque else pixels))
    image = Image.fromarray(places.reshape(pixels.shape[:2]).astype(np.uint8), "P")
    image.putpalette(colours[:, :3].tobytes())
    image.info["transparency"] = colours[:, 3].tobytes()
    return _file(image)


def _file(image: "Image") -> str:
    file = BytesIO()
    image.save(file, format="PNG")
    return b64encode(file.getvalue()).decode("ascii")
