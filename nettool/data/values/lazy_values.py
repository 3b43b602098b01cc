"""Values read when they are asked for: an array in a file, and sequences of any length."""

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


@dataclass(frozen=True, slots=True, eq=False)
class Sequences:
    """Lazy values: sample i is `flat[offsets[i] : offsets[i + 1]]`.

    `flat` is of (numbers of all samples,), in memory or mapped; `offsets` is int64 of (samples + 1,).
    """

    flat: NDArray[np.generic]
    offsets: NDArray[np.int64]

    @property
    def shape(self) -> tuple[int | None, ...]:
        """One axis, of a length that differs between samples."""
        return (None,)

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """That of `flat`, in this machine's order of bytes."""
        return self.flat.dtype.newbyteorder("=")

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def read(self, rows: Rows) -> NDArray[np.generic]:
        """The samples at these rows, zeros after the shorter ones; one step at least, as networks need.

        Raises DataError when the file of mapped numbers has become shorter.
        """
        check_length(self.flat)
        starts = self.offsets[rows]
        lengths = self.offsets[rows + 1] - starts
        steps = np.arange(max(1, lengths.max(initial=0)))
        taken = steps < lengths[:, np.newaxis]
        padded = np.zeros(taken.shape, self.dtype)
        padded[taken] = self.flat[(starts[:, np.newaxis] + steps)[taken]]
        return padded


def sequences_of_lengths(flat: NDArray[np.generic], lengths: NDArray[np.integer]) -> Sequences:
    """The sequences of these lengths, in the order in which they follow each other in `flat`.

    Expects lengths of 0 or more that add up to the length of `flat`.
    """
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return Sequences(flat, offsets)
