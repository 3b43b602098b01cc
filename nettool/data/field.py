"""A field: one named quantity that a data set gives for each sample, and its values as a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # what is only looked at (validate, summary) need not wait for NumPy
    import numpy as np
    from numpy.typing import NDArray

FieldKind = Literal["image", "label", "vector"]


@dataclass(frozen=True, slots=True)
class Field:
    """What is known of a field before anything is read.

    `shape` leaves the batch axis out. `highest` is the value that stands for 1.0 (255 for uint8 images; 1
    where values are used as they are). `classes` are the class names of a label, in the order of its numbers.
    """

    name: str
    kind: FieldKind
    shape: tuple[int | None, ...]
    dtype: str
    highest: float = 1.0
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The values of one field: `values[rows]`, without copying them (`rows` None means all, in order)."""

    values: NDArray[np.generic]
    rows: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.values) if self.rows is None else len(self.rows)

    def take(self, rows: NDArray[np.int64]) -> Column:
        """The same values, only these rows of this column, in this order."""
        return Column(self.values, rows if self.rows is None else self.rows[rows])

    def array(self) -> NDArray[np.generic]:
        """The values as one array (a copy when rows are chosen)."""
        return self.values if self.rows is None else self.values[self.rows]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One part of the data (training, validation or test): columns of equal length, by field name."""

    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()))) if self.columns else 0

    def take(self, rows: NDArray[np.int64]) -> Part:
        """The part made of these rows, in this order."""
        return Part({name: column.take(rows) for name, column in self.columns.items()})
