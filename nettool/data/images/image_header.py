"""What an image file says of itself before its pixels: size, grey or colour, transparency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from nettool.data.failure import DataError
from nettool.data.images.open_image import opened_image
from nettool.files.outside import open_file

if TYPE_CHECKING:
    from PIL.Image import Image

ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")

_GREY = ("1", "L", "LA")


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """Height and width in pixels; whether there is no colour in it, and whether pixels may be transparent."""

    height: int
    width: int
    is_grey: bool
    is_transparent: bool


def read_header(file: str | BinaryIO, name: str) -> ImageHeader:
    """The header of an image file, which messages call `name`; only the start of it is read.

    Raises DataError when it cannot be read or is no image.
    """
    try:
        stream = open_file(file) if isinstance(file, str) else file
    except OSError as error:
        raise DataError(f"`{name}` cannot be read: {error.strerror or error}") from error
    with stream, opened_image(stream, name) as image:
        is_grey = image.mode in _GREY or image.mode.startswith("I")
        return ImageHeader(image.height, image.width, is_grey, has_transparency(image))


def has_transparency(image: Image) -> bool:
    """Whether some of its pixels may be transparent."""
    return image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info
