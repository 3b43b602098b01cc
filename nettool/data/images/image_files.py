"""Image files as lazy values: decoded when they are asked for, and kept while memory allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Rows
from nettool.data.images.ahead import Ahead
from nettool.data.images.decode_images import Form, check_size
from nettool.data.images.decoding import WORTH_PROCESSES, Decoding, workers
from nettool.data.images.image_header import read_header
from nettool.data.images.kept_images import Images, KeptImages, kept_images

_HEADERS_A_TASK = 256


@dataclass(frozen=True, slots=True, eq=False)
class ImageFiles:
    """The images of files, (height, width, channels), uint8 or uint16; the highest number is white.

    `stored` is the shape that all images have once they have as many channels (1 or 3); where their sizes
    differ, height and width are None, and only what `resized` returns can be read. `checksums` are of the
    files' contents, where they are known.
    """

    paths: Sequence[str]
    stored: tuple[int | None, int | None, int]
    wanted: tuple[int, int] | None = None
    bits: str = "uint8"
    checksums: Sequence[str] = ()
    _kept: KeptImages | None = field(init=False, repr=False)
    _decoding: Decoding = field(init=False, repr=False)
    _ahead: Ahead | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        kept = kept_images(len(self.paths), self.shape, self.bits)
        object.__setattr__(self, "_kept", kept)
        object.__setattr__(self, "_decoding", Decoding(len(self.paths)))
        ahead = None if kept is None else Ahead(self.paths, self._form(kept.shape), kept)
        object.__setattr__(self, "_ahead", ahead)

    @property
    def shape(self) -> tuple[int | None, ...]:
        """Of one image."""
        return self.stored if self.wanted is None else (*self.wanted, self.stored[2])

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Bytes, or pairs of bytes."""
        return np.dtype(self.bits)

    def __len__(self) -> int:
        return len(self.paths)

    def resized(self, height: int, width: int) -> ImageFiles:
        """The same images in this size, as `resize` makes it, whatever the size of each file."""
        return replace(self, wanted=(height, width))

    def read(self, rows: Rows) -> NDArray[np.generic]:
        """The images of these rows, in this order.

        Raises DataError, naming the file, for one that cannot be decoded or is of another size.
        """
        if self._kept is None:
            images = np.empty((len(rows), *(length or 0 for length in self.shape)), self.bits)
            self._decode(rows, images, np.arange(len(rows)))
            return images
        found = self._kept.read(rows, self._decode)
        self._rest_if_full()
        return found

    def prepare(self, rows: Rows | None) -> None:
        """These images (None means all) will be asked for soon: start now, unless there are few of them."""
        every = np.arange(len(self.paths)) if rows is None else rows
        wanted = every if self._kept is None else self._kept.missing(every)
        decoders = self._decoding.decoders() if len(wanted) >= WORTH_PROCESSES else None
        if decoders is not None and self._ahead is not None:
            self._ahead.bring(wanted, decoders, self._rest_if_full)

    def _rest_if_full(self) -> None:
        if self._kept is not None and self._kept.is_full:
            self._decoding.rest()

    def check(self, rows: Rows | None = None) -> None:
        """Look at the headers alone, whether these rows (None means all) are images of the stored size.

        Raises DataError that names the first other one.
        """
        paths = self.paths if rows is None else [self.paths[row] for row in rows]
        some = [paths[start : start + _HEADERS_A_TASK] for start in range(0, len(paths), _HEADERS_A_TASK)]
        for _ in workers().map(self._check_some, some):
            pass

    def _check_some(self, paths: Sequence[str]) -> None:
        for path in paths:
            header = read_header(path, path)
            check_size(path, (header.height, header.width), self.stored[:2])

    def _decode(self, rows: Rows, images: Images, places: Rows) -> None:
        """Decode these rows into `images`, at these places."""
        paths = [self.paths[row] for row in rows.tolist()]
        self._decoding.decode(paths, self._form(images.shape[1:]), images, places)

    def _form(self, shape: tuple[int, ...]) -> Form:
        return Form(shape, self.wanted is not None, self.bits)
