"""The values of a field as a column, and columns of equal length as a part of the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nettool.data.scale import AS_STORED, Scale

Rows = NDArray[np.int64]


class LazyValues(Protocol):
    """Values that are not in memory: files to decode, a mapped array, sequences to pad.

    `shape` is that of one sample, None for a length that differs between them. `read` gives the samples at
    `rows`, in that order, as one array of (rows, *shape) and of `dtype` (of the longest sample among them
    where lengths differ, the shorter ones filled with zeros); it may be called from several threads at once,
    and raises DataError, naming the file, for a sample that cannot be read.
    """

    @property
    def shape(self) -> tuple[int | None, ...]:
        """Of one sample."""

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Of what `read` gives."""

    def __len__(self) -> int: ...

    def read(self, rows: Rows) -> NDArray[np.generic]:
        """The samples at these rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The values of one field: `values[rows]`, without copying them (`rows` None means all, in order).

    `scale` says how a network takes them; `array` gives them as they are stored.
    """

    values: NDArray[np.generic] | LazyValues
    rows: Rows | None = None
    scale: Scale = AS_STORED

    def __len__(self) -> int:
        return len(self.values) if self.rows is None else len(self.rows)

    def take(self, rows: Rows) -> Column:
        """The same values, only these rows of this column, in this order."""
        return replace(self, rows=rows if self.rows is None else self.rows[rows])

    def array(self) -> NDArray[np.generic]:
        """The values as one array (a copy when rows are chosen; read now when they are lazy)."""
        if isinstance(self.values, np.ndarray):
            return self.values if self.rows is None else self.values[self.rows]
        return self.values.read(np.arange(len(self.values)) if self.rows is None else self.rows)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One part of the data (training, validation or test): columns of equal length, by field name."""

    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()))) if self.columns else 0

    def take(self, rows: Rows) -> Part:
        """The part made of these rows, in this order."""
        return Part({name: column.take(rows) for name, column in self.columns.items()})
