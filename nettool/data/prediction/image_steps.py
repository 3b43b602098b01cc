"""What an image of any size goes through until it is as the images were that a network learned from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.failure import DataError
from nettool.data.field import Field
from nettool.data.request import DataRequest
from nettool.data.transforms.image import crop, pad, with_channels
from nettool.data.transforms.resize import resize

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ImageSteps:
    """The steps of the training, in their order; `size` and `channels` also bring other images to them.

    `size` is height and width before cropping and padding, `channels` what images are read with; None where
    nobody knows any more. `shape` is that of a finished image.
    """

    size: Size | None
    channels: int | None
    crop: Size | None
    pad: Size | None
    shape: tuple[int, int, int]

    def applied(self, images: NDArray[Any], name: str) -> NDArray[Any]:
        """The images, (samples, height, width, channels), of `shape`.

        Raises DataError, with their `name`, where their size is not known to fit.
        """
        images = with_channels(images, self.channels or _channels(images))
        if self.size is not None:
            images = resize(images, *self.size)
        if self.crop is not None and _fits(self.crop, images.shape[1:3], name, "at least"):
            images = crop(images, *self.crop)
        if self.pad is not None and _fits(images.shape[1:3], self.pad, name, "at most"):
            images = pad(images, *self.pad)
        if images.shape[1:3] != self.shape[:2]:
            raise DataError(
                f"`{name}` is {images.shape[1]}×{images.shape[2]} pixels",
                (f"expected: images of {self.shape[0]}×{self.shape[1]}, as in the training",),
            )
        return with_channels(images, self.shape[2])


def image_steps(request: DataRequest, field: Field) -> ImageSteps:
    """That of a run's image field, from what its `data` section says was done.

    The source is asked what it holds only where that matters, and may be gone.
    """
    height, width, channels = (length or 0 for length in field.shape)
    size: Size | None = request.resize
    read_with: int | None = channels
    if request.channels is not None or (size is None and (request.crop or request.pad)):
        stored = _stored_shape(request, field.name)
        read_with = stored[2] if request.channels is not None else channels
        if size is None and None not in stored[:2]:
            size = (stored[0] or 0, stored[1] or 0)
    elif size is None:
        size = (height, width)
    if size is None and not (request.crop or request.pad):
        size = (height, width)
    return ImageSteps(size, read_with, request.crop, request.pad, (height, width, channels))


def _stored_shape(request: DataRequest, name: str) -> tuple[int | None, ...]:
    try:
        fields = request.source.statement().fields
    except (DataError, OSError):
        return (None, None, None)
    images = [field for field in fields if field.kind == "image"]
    named = [field for field in images if field.name == name]
    return (named or images)[0].shape if images else (None, None, None)


def _channels(images: NDArray[Any]) -> int:
    return 1 if images.shape[3] == 1 else 3


def _fits(smaller: tuple[int, ...], larger: tuple[int, ...], name: str, word: str) -> bool:
    if all(np.less_equal(smaller, larger)):
        return True
    found, wanted = (larger, smaller) if word == "at least" else (smaller, larger)
    raise DataError(
        f"`{name}` is {found[0]}×{found[1]} pixels, and the size of the images in the training is not known",
        (f"expected: {word} {wanted[0]}×{wanted[1]}",),
    )
