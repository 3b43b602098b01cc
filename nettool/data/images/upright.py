"""Turns pixels as a camera noted them."""

from typing import Any

from numpy.typing import NDArray


def upright(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """The pixels, (height, width, channels), of an image of this EXIF orientation (1 to 8), upright."""
    if orientation in (5, 6, 7, 8):
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return pixels
