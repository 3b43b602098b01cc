"""One image file → its pixels, upright: those that Pillow gives, JPEG files in half the time."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.failure import DataError
from nettool.data.images.image_header import MOST_PIXELS, has_transparency, is_deep, opened_image, orientation
from nettool.data.transforms.image import with_channels
from nettool.files.outside import read_file

if TYPE_CHECKING:
    from PIL.Image import Image


Pixels = NDArray[np.uint8] | NDArray[np.uint16]
_LARGEST_FILE = 1 << 30
"""Bytes: more than the largest image takes that is decoded."""

_NOTES, _PIXELS = 0xE1, 0xDA
"""Markers of segments of a JPEG file."""

_DEEPER = np.uint16(257)
"""Times a byte: 255 becomes 65535."""


def decode_image(path: str, channels: int, *, deep: bool = False) -> Pixels:
    """The pixels of an image file, (height, width, channels) with 1 or 3 channels, as bytes.

    Where they are to be `deep`, they have 16 bits: those of the file, or bytes times 257.
    Of an animation the first picture; transparent pixels as on white paper; colour becomes grey as the mean
    of the three. The image is turned as the camera noted.

    Raises DataError, naming the file, for one that cannot be read or is not a whole image.
    """
    try:
        data = read_file(path, _LARGEST_FILE)
    except OSError as error:
        raise DataError(f"`{path}` cannot be read: {error.strerror or error}") from error
    pixels = _plain_jpeg(data, path)
    if pixels is None:
        pixels = _any(data, path)
    if deep and pixels.dtype == np.uint8:
        pixels = pixels * _DEEPER
    elif not deep and pixels.dtype == np.uint16:
        pixels = (pixels >> 8).astype(np.uint8)
    return pixels if pixels.shape[2] == channels else with_channels(pixels[np.newaxis], channels)[0]


def _plain_jpeg(data: bytes, path: str) -> Pixels | None:
    """The pixels of a sound JPEG file in grey or colour, bit by bit Pillow's; None for anything else."""
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    import simplejpeg

    try:
        height, width, space, _ = simplejpeg.decode_jpeg_header(data)
        if space not in ("Gray", "YCbCr") or height * width > MOST_PIXELS:
            return None
        pixels: Pixels = simplejpeg.decode_jpeg(data, "GRAY" if space == "Gray" else "RGB")
    except ValueError:  # Pillow has the last word on files that are not quite sound
        return None
    if _has_notes(data):
        with opened_image(BytesIO(data), path) as image:
            return upright(pixels, orientation(image))
    return pixels


def _has_notes(data: bytes) -> bool:
    """Whether a JPEG file has a segment that EXIF or XMP can be in, before its pixels."""
    place = 2
    while data[place : place + 1] == b"\xff":
        marker = data[place + 1]
        if marker == _NOTES:
            return True
        if marker == _PIXELS:
            return False
        place += 2 + int.from_bytes(data[place + 2 : place + 4])
    return False


def _any(data: bytes, path: str) -> Pixels:
    with opened_image(BytesIO(data), path) as image:
        image.load()
        return upright(_pixels(image), orientation(image))


def _pixels(image: Image) -> Pixels:
    if is_deep(image):  # which Pillow's own conversion would cut off at 255
        deep: Pixels = np.asarray(image).astype(np.int32).clip(0, 65535).astype(np.uint16)[..., np.newaxis]
        clear = image.info.get("transparency")
        return np.where(deep == clear, np.uint16(65535), deep) if isinstance(clear, int) else deep
    if has_transparency(image):
        return _on_white(image)
    if image.mode in ("1", "L"):
        return np.asarray(image.convert("L"))[..., np.newaxis]
    return np.asarray(image.convert("RGB"))


def _on_white(image: Image) -> Pixels:
    from PIL import Image as Images

    paper = Images.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    return np.asarray(paper.convert("RGB"))


def upright(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """The pixels, (height, width, channels), of an image of this EXIF orientation (1 to 8), upright."""
    if orientation in (5, 6, 7, 8):
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return pixels
