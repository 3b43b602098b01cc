"""What images have in common, known from the headers of a few of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from nettool.data.images.image_header import ImageHeader

SAMPLE = 32
"""How many headers are looked at before everything is read."""


@dataclass(frozen=True, slots=True)
class ImageSample:
    """Height, width and channels of each image (None where they differ), and what to know of them.

    `dtype` is that of their pixels: uint16 where one of them has so many bits.
    """

    shape: tuple[int | None, int | None, int]
    notes: tuple[str, ...]
    dtype: Literal["uint8", "uint16"] = "uint8"

    @property
    def highest(self) -> float:
        """The value of full brightness."""
        return 255.0 if self.dtype == "uint8" else 65535.0


def sampled(headers: Iterable[tuple[str, ImageHeader]], of: str) -> ImageSample:
    """What these headers, at least one and each with its file's name, have in common; `of` names the data.

    Colour in one of them makes all of them colour images, and 16 bits in one all of them images of 16 bits.
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
    deep = [name for name, header in found if header.is_deep]
    if deep and len(deep) < len(found):
        notes.append(
            f"{of} has images of 16 bits, such as {deep[0]}, and of 8 bits, whose values are times 257"
        )
    for is_so, note in _NOTES:
        such = next((name for name, header in found if is_so(header)), None)
        if such is not None:
            notes.append(note.format(of=of, such=such))
    channels = 1 if len(grey) == len(found) else 3
    return ImageSample((height, width, channels), tuple(notes), "uint16" if deep else "uint8")


_NOTES: tuple[tuple[Callable[[ImageHeader], bool], str], ...] = (
    (
        lambda header: header.is_transparent,
        "{of} has images with transparent pixels, such as {such}; these are put on white",
    ),
    (
        lambda header: header.is_turned,
        "{of} has images that the camera noted to be turned, such as {such}; they are turned upright",
    ),
    (
        lambda header: header.loses_bits,
        "{of} has images with 16 bits for each colour, such as {such}; only the upper 8 bits are used",
    ),
    (
        lambda header: header.has_own_colours,
        "{of} has images with a colour profile or a gamma of their own, such as {such}; it is not applied: "
        "their numbers are used as they are stored",
    ),
)
"""The note on the data if one image is so."""
