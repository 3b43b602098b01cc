"""What an image file says of itself before its pixels: size, grey or colour, transparency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from nettool.data.failure import DataError

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP")
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
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(file, formats=FORMATS) as image:
            is_grey = image.mode in _GREY or image.mode.startswith("I")
            return ImageHeader(image.height, image.width, is_grey, has_transparency(image))
    except UnidentifiedImageError as error:
        raise not_an_image(name) from error
    except OSError as error:
        if error.errno is None:
            raise damaged(name, error) from error
        raise DataError(f"`{name}` cannot be read: {error.strerror}") from error
    except Exception as error:  # whatever a decoder stumbles over in a damaged file
        raise damaged(name, error) from error


def has_transparency(image: Image) -> bool:
    """Whether some of its pixels may be transparent."""
    return image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info


def not_an_image(name: str) -> DataError:
    """What is said of a file that none of the decoders knows."""
    return DataError(f"`{name}` is no image", (f"expected: {', '.join(FORMATS)}",))


def damaged(name: str, error: Exception) -> DataError:
    """What is said of an image that breaks off or cannot be decoded."""
    return DataError(f"`{name}` is a damaged image: {str(error) or type(error).__name__}")
