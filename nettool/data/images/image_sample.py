"""What images have in common, told from the headers of a few of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from nettool.data.images.image_header import ImageHeader

SAMPLE = 32
"""How many headers are looked at before everything is read."""


@dataclass(frozen=True, slots=True)
class ImageSample:
    """Height, width and channels of each image (None where they differ), and what to know of them."""

    shape: tuple[int | None, int | None, int]
    notes: tuple[str, ...]


def sampled(headers: Iterable[tuple[str, ImageHeader]], of: str) -> ImageSample:
    """What these headers, at least one and each with its file's name, have in common; `of` names the data.

    Colour in one of them makes all of them colour images.
    """
    found = list(headers)
    height, width = (
        lengths.pop() if len(lengths) == 1 else None
        for lengths in ({header.height for _, header in found}, {header.width for _, header in found})
    )
    grey = [name for name, header in found if header.is_grey]
    notes = []
    if grey and len(grey) < len(found):
        notes.append(
            f"{of} has grey and colour images; the grey ones, such as {grey[0]}, get three equal channels"
        )
    clear = [name for name, header in found if header.is_transparent]
    if clear:
        notes.append(f"{of} has images with transparent pixels, such as {clear[0]}; these are put on white")
    return ImageSample((height, width, 1 if len(grey) == len(found) else 3), tuple(notes))
