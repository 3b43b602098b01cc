"""Opens image files, and what they say beside their pixels: size, orientation, colour, transparency, bits."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from nettool.data.failure import DataError
from nettool.files.outside import open_file

if TYPE_CHECKING:
    from PIL.Image import Image


ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")
UPRIGHT = 1
"""The orientation of an image whose first row is its top and whose first column is its left side."""

_GREY = ("1", "L", "LA")
_ORIENTATION = 0x0112
_ON_THEIR_SIDE = range(5, 9)
_USUAL_GAMMA = 1 / 2.2
_SRGB = (b"sRGB", "sRGB".encode("utf-16-be"))
"""How a colour profile is called whose numbers are the usual ones."""


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """Height and width in pixels, once it is upright; whether it has no colour, or transparent pixels.

    `is_turned`: the pixels are stored on their side, upside down or mirrored. `is_deep`: they have 16 bits;
    of colours only 8 of 16 are read (`loses_bits`). `has_own_colours`: a colour profile or gamma says that
    the numbers are not the usual ones (sRGB).
    """

    height: int
    width: int
    is_grey: bool
    is_transparent: bool
    is_turned: bool = False
    is_deep: bool = False
    loses_bits: bool = False
    has_own_colours: bool = False


def read_header(file: str | BinaryIO, name: str) -> ImageHeader:
    """The header of an image file, which messages call `name`; only the start of it is read.

    Raises DataError when it cannot be read, is not an image or too large.
    """
    try:
        stream = open_file(file) if isinstance(file, str) else file
    except OSError as error:
        raise DataError(f"`{name}` cannot be read: {error.strerror or error}") from error
    with stream, opened_image(stream, name) as image:
        turned = orientation(image)
        height, width = image.height, image.width
        if turned in _ON_THEIR_SIDE:
            height, width = width, height
        return ImageHeader(
            height,
            width,
            image.mode in _GREY or is_deep(image),
            has_transparency(image),
            turned != UPRIGHT,
            is_deep(image),
            not is_deep(image) and any(";16" in str(tile[3]) for tile in getattr(image, "tile", ())),
            _has_own_colours(image),
        )


def orientation(image: Image) -> int:
    """How a camera held the image, from 1 (`UPRIGHT`) to 8, as EXIF counts; 1 where nothing sound is noted.

    What a PNG file notes after its pixels is only known once these are read.
    """
    if not {"exif", "xmp", "XML:com.adobe.xmp", "Raw profile type exif"}.intersection(image.info):
        return UPRIGHT
    try:
        noted = image.getexif().get(_ORIENTATION)
    except Exception:  # a damaged note says nothing
        return UPRIGHT
    return noted if isinstance(noted, int) and 1 <= noted <= 8 else UPRIGHT


def is_deep(image: Image) -> bool:
    """Whether its pixels are 16 bits of grey."""
    return image.mode.startswith("I")


def has_transparency(image: Image) -> bool:
    """Whether some of its pixels may be transparent."""
    return image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info


def _has_own_colours(image: Image) -> bool:
    profile = image.info.get("icc_profile")
    if profile:
        return not any(name in profile for name in _SRGB)
    gamma = image.info.get("gamma")
    return gamma is not None and "srgb" not in image.info and abs(gamma - _USUAL_GAMMA) > 0.01


FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP")
MOST_PIXELS = 178_956_970
"""Of an image, about 13,000×13,000: its bytes may be few, and what it unpacks to takes half a gigabyte."""


@contextmanager
def opened_image(file: BinaryIO, name: str) -> Iterator[Image]:
    """The image in a file, which messages call `name`; its pixels are decoded when they are asked for.

    Raises DataError for another file or too many pixels, and for whatever goes wrong in the block.
    """
    from PIL import Image, UnidentifiedImageError

    _quieten()
    try:
        with Image.open(file, formats=FORMATS) as image:
            check_pixels(image.height, image.width, name)
            yield image
    except UnidentifiedImageError as error:
        raise DataError(f"`{name}` is not an image", (f"expected: {', '.join(FORMATS)}",)) from error
    except (DataError, MemoryError):
        raise
    except Exception as error:  # whatever a decoder stumbles over in a damaged file
        raise DataError(f"`{name}` is a damaged image: {str(error) or type(error).__name__}") from error


@cache
def _quieten() -> None:
    """Pillow warns of large images, which `check_pixels` does, and of notes that it cannot read."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\b")


def check_pixels(height: int, width: int, name: str) -> None:
    """Raise DataError for an image that is too large to be decoded."""
    if height * width > MOST_PIXELS:
        message = f"`{name}` is too large: it has {height:,}×{width:,} pixels"
        raise DataError(
            message, (f"expected: at most {MOST_PIXELS / 1e6:,.0f} million pixels: make it smaller",)
        )
