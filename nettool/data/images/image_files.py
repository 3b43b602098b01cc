"""Image files as lazy values: decoded when they are asked for, and kept while memory allows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from queue import Empty, SimpleQueue

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Rows
from nettool.data.images.decode_images import ImageFormat, check_size
from nettool.data.images.decoders import Decoders
from nettool.data.images.decoding import WORTH_PROCESSES, Decoding, decoder_count, workers
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
    _prefetch: Prefetch | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        kept = kept_images(len(self.paths), self.shape, self.bits)
        object.__setattr__(self, "_kept", kept)
        object.__setattr__(self, "_decoding", Decoding(len(self.paths)))
        ahead = None if kept is None else Prefetch(self.paths, self._target(kept.shape), kept)
        object.__setattr__(self, "_prefetch", ahead)

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
        if decoders is not None and self._prefetch is not None:
            self._prefetch.bring(wanted, decoders, self._rest_if_full)

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
        self._decoding.decode(paths, self._target(images.shape[1:]), images, places)

    def _target(self, shape: tuple[int, ...]) -> ImageFormat:
        return ImageFormat(shape, self.wanted is not None, self.bits)


_BYTES_AT_ONCE = 2 << 20
_MOST_AT_ONCE = 256
"""So many images are a task: many small ones, for while TensorFlow is imported Python seldom lets a thread
have its turn; few large ones, for whoever asks for an image waits until a process has finished its task."""


class Prefetch:
    """Fills the room for the images of `paths`, as far as it is asked to; whoever asks for one goes first."""

    def __init__(self, paths: Sequence[str], target: ImageFormat, kept: KeptImages) -> None:
        self._paths = paths
        self._target = target
        self._kept = kept
        self._was_asked = np.zeros(len(paths), bool)
        self._tasks: SimpleQueue[Rows] = SimpleQueue()

    def bring(self, rows: Rows, decoders: Decoders, done: Callable[[], None]) -> None:
        """Decode these rows in the background; nothing waits for it. `done` is called after every task."""
        new = rows[~self._was_asked[rows]]
        self._was_asked[new] = True
        at_once = max(1, min(_MOST_AT_ONCE, _BYTES_AT_ONCE // prod(self._target.shape)))
        for start in range(0, len(new), at_once):
            self._tasks.put(new[start : start + at_once])
        for _ in range(decoder_count() if len(new) else 0):
            threading.Thread(
                target=self._work, args=(decoders, done), name="images ahead", daemon=True
            ).start()

    def _work(self, decoders: Decoders, done: Callable[[], None]) -> None:
        while True:
            try:
                rows = self._kept.missing(self._tasks.get_nowait())
            except Empty:
                return
            if len(rows):
                paths = [self._paths[row] for row in rows.tolist()]
                images = decoders.decode(paths, self._target, is_urgent=False)
                if images is not None:  # or the one who asks for them gets the error
                    self._kept.put(rows, images)
                    done()
