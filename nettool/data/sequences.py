"""Sequences of any length: the numbers of all samples one after the other, and where each sample starts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Rows
from nettool.data.mapped_array import check_length


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
