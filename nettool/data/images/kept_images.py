"""Decoded images that stay in memory, so that each file is decoded once."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Rows
from nettool.data.process_limits import available_memory

_SHARE = 4
"""All images together may take one of so many parts of the memory that is available."""


Images = NDArray[np.uint8] | NDArray[np.uint16]
Decode = Callable[[Rows, Images, Rows], None]
"""Decodes the images of these rows into an array, at these places."""


class KeptImages:
    """Room for `count` images of one shape, filled as they are decoded; for any number of threads.

    `is_full` once all of them are here. Two threads that want the same image at the same time may both decode
    it: they write the same bytes.
    """

    def __init__(self, count: int, shape: tuple[int, ...], dtype: str) -> None:
        self.shape = shape
        self._images: Images = np.empty((count, *shape), dtype)
        self._is_here = np.zeros(count, bool)
        self.is_full = False

    def missing(self, rows: Rows) -> Rows:
        """Those of these rows whose images are not here yet, each once, in order."""
        return np.unique(rows[~self._is_here[rows]])

    def bring(self, rows: Rows, decode: Decode) -> None:
        """Have those of these rows that are not here yet decoded."""
        missing = self.missing(rows)
        if len(missing):
            decode(missing, self._images, missing)
            self._note(missing)

    def put(self, rows: Rows, images: Images) -> None:
        """Keep these images, of these rows."""
        self._images[rows] = images
        self._note(rows)

    def read(self, rows: Rows, decode: Decode) -> Images:
        """The images at these rows; those that are not here yet are decoded and stay."""
        self.bring(rows, decode)
        return self._images[rows]

    def _note(self, rows: Rows) -> None:
        self._is_here[rows] = True
        if self._is_here.all():  # never taken back by a thread that looked a moment earlier
            self.is_full = True


def kept_images(count: int, shape: tuple[int | None, ...], dtype: str) -> KeptImages | None:
    """Room for images of this shape, or None where it is not known or there is too little memory."""
    lengths = [length for length in shape if length is not None]
    size = count * prod(lengths) * np.dtype(dtype).itemsize
    if len(lengths) < len(shape) or size > available_memory() // _SHARE:
        return None
    return KeptImages(count, tuple(lengths), dtype)
