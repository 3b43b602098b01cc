"""An array in a file, of which only the samples that are asked for are read."""

from __future__ import annotations

from dataclasses import dataclass
from mmap import mmap

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Rows
from nettool.data.failure import DataError


@dataclass(frozen=True, slots=True, eq=False)
class MappedArray:
    """Lazy values of a memory-mapped array, or of a view of one; the first axis is that of the samples."""

    array: NDArray[np.generic]

    @property
    def shape(self) -> tuple[int | None, ...]:
        """Of one sample."""
        return self.array.shape[1:]

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """The stored type, in this machine's order of bytes."""
        return self.array.dtype.newbyteorder("=")

    def __len__(self) -> int:
        return len(self.array)

    def read(self, rows: Rows) -> NDArray[np.generic]:
        """The samples at these rows, read in the order in which they lie on the disk.

        Raises DataError when the file has become shorter.
        """
        check_length(self.array)
        by_place = np.argsort(rows, kind="stable")
        samples = np.empty((len(rows), *self.array.shape[1:]), self.dtype)
        samples[by_place] = self.array[rows[by_place]]
        return samples


def check_length(array: NDArray[np.generic]) -> None:
    """Raise DataError where the file of a mapped array is shorter now: to read on would end the process."""
    base: object = array
    path = ""
    while isinstance(base, np.ndarray):
        path = str(getattr(base, "filename", None) or path)
        base = base.base
    if isinstance(base, mmap) and base.size() < len(base):
        raise DataError(
            f"`{path}` was cut short while it was read", ("expected: a file that stays as it is",)
        )
