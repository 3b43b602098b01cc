"""An image in an open file → Pillow's image, or a plain word why there is none."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from nettool.data.failure import DataError

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP")
MOST_PIXELS = 178_956_970
"""Of an image, about 13,000×13,000: its bytes may be few, and what it unpacks to takes half a gigabyte."""


@contextmanager
def opened_image(file: BinaryIO, name: str) -> Iterator[Image]:
    """The image in a file, which messages call `name`; its pixels are decoded when they are asked for.

    Raises DataError for what is no image or has too many pixels, and for all that goes wrong in the block.
    """
    from PIL import Image, UnidentifiedImageError

    _quieten()
    try:
        with Image.open(file, formats=FORMATS) as image:
            check_pixels(image.height, image.width, name)
            yield image
    except UnidentifiedImageError as error:
        raise DataError(f"`{name}` is no image", (f"expected: {', '.join(FORMATS)}",)) from error
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
        told = f"`{name}` is too large: it has {height:,}×{width:,} pixels"
        raise DataError(
            told, (f"expected: at most {MOST_PIXELS / 1e6:,.0f} million pixels: make it smaller",)
        )
