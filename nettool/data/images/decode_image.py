"""One image file → its pixels: those that Pillow gives, JPEG files in half the time."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nettool.data.failure import DataError
from nettool.data.images.image_header import has_transparency
from nettool.data.images.open_image import MOST_PIXELS, opened_image
from nettool.data.transforms.channels import with_channels
from nettool.files.outside import read_file

if TYPE_CHECKING:
    from PIL.Image import Image

Pixels = NDArray[np.uint8]
_LARGEST_FILE = 1 << 30
"""Bytes: more than the largest image takes that is decoded."""

_REDUCTIONS = (8, 4, 2)
"""What a JPEG decoder can divide both sides by on the way, at a fraction of the work."""


def decode_image(path: str, channels: int, wanted: tuple[int, int] | None = None) -> Pixels:
    """The pixels of an image file, (height, width, channels) with 1 or 3 channels.

    Of an animation the first picture; transparent pixels as on white paper; colour becomes grey as the mean
    of the three. The orientation that a camera notes beside the picture is not looked at. A JPEG file of
    which less is `wanted` (height, width) is reduced on the way, to no less than that.

    Raises DataError, naming the file, for one that cannot be read or is no whole image.
    """
    try:
        data = read_file(path, _LARGEST_FILE)
    except OSError as error:
        raise DataError(f"`{path}` cannot be read: {error.strerror or error}") from error
    pixels = _plain_jpeg(data, wanted)
    if pixels is None:
        pixels = _any(data, path, wanted)
    return pixels if pixels.shape[2] == channels else with_channels(pixels[np.newaxis], channels)[0]


def _plain_jpeg(data: bytes, wanted: tuple[int, int] | None) -> Pixels | None:
    """The pixels of a sound JPEG file in grey or colour, bit by bit Pillow's; None for anything else."""
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    import simplejpeg

    try:
        height, width, space, _ = simplejpeg.decode_jpeg_header(data)
        if space not in ("Gray", "YCbCr") or height * width > MOST_PIXELS:
            return None
        by = _reduction((height, width), wanted)
        pixels: Pixels = simplejpeg.decode_jpeg(
            data,
            "GRAY" if space == "Gray" else "RGB",
            min_height=-(-height // by) if by > 1 else 0,
            min_width=-(-width // by) if by > 1 else 0,
        )
    except ValueError:  # Pillow has the last word on files that are not quite sound
        return None
    return pixels


def _reduction(size: tuple[int, int], wanted: tuple[int, int] | None) -> int:
    """As Pillow's `draft` chooses it."""
    if wanted is None:
        return 1
    ratio = min(size[0] // wanted[0], size[1] // wanted[1])
    return next((by for by in _REDUCTIONS if by <= ratio), 1)


def _any(data: bytes, path: str, wanted: tuple[int, int] | None) -> Pixels:
    with opened_image(BytesIO(data), path) as image:
        if wanted is not None:
            image.draft(None, (wanted[1], wanted[0]))
        return _pixels(image)


def _pixels(image: Image) -> Pixels:
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow's own conversion would cut off at 255
        return (np.asarray(image).astype(np.int32) >> 8).clip(0, 255).astype(np.uint8)[..., np.newaxis]
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
