"""Images with something done to them: at once if they are in memory, else whenever they are read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column, LazyValues, Rows
from nettool.data.transforms.resize import resize

Change = Callable[[NDArray[Any]], NDArray[Any]]


@runtime_checkable
class Resizable(Protocol):
    """Lazy images that can be read in another size at once, whatever size each of them is stored in."""

    def resized(self, height: int, width: int) -> LazyValues:
        """The same images, read in this size."""


@runtime_checkable
class Checkable(Protocol):
    """Lazy images that can be checked before they are read."""

    def check(self, rows: Rows | None) -> None:
        """Raises DataError for one of these rows (None means all) that is not of the shape that is stated."""


@runtime_checkable
class Preparable(Protocol):
    """Lazy values that can begin with what takes its time, before the first of them are asked for."""

    def prepare(self, rows: Rows | None) -> None:
        """These of them (None means all) will be asked for soon."""


@dataclass(frozen=True, slots=True, eq=False)
class ChangedValues:
    """Lazy values that go through `change` as they are read; `shape` is that of a sample afterwards."""

    values: LazyValues
    shape: tuple[int | None, ...]
    change: Change

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """The type is not changed."""
        return self.values.dtype

    def __len__(self) -> int:
        return len(self.values)

    def read(self, rows: Rows) -> NDArray[np.generic]:
        """The samples at these rows, changed."""
        return self.change(self.values.read(rows))

    def prepare(self, rows: Rows | None) -> None:
        """So will the values before they are changed."""
        if isinstance(self.values, Preparable):
            self.values.prepare(rows)


def changed(column: Column, change: Change, shape: tuple[int | None, ...]) -> Column:
    """The column with its values changed sample by sample; `shape` is that of a sample afterwards.

    Of values in memory of which fewer than half are wanted, only these are changed.
    """
    if not isinstance(column.values, np.ndarray):
        return replace(column, values=ChangedValues(column.values, shape, change))
    if column.rows is not None and len(column.rows) < len(column.values) / 2:
        return replace(column, values=change(column.array()), rows=None)
    return replace(column, values=change(column.values))


def resized(column: Column, height: int, width: int, shape: tuple[int | None, ...]) -> Column:
    """The column with its images resized to this height and width; `shape` is that of an image afterwards."""
    if isinstance(column.values, Resizable):
        return replace(column, values=column.values.resized(height, width))
    return changed(column, partial(resize, height=height, width=width), shape)


def check(column: Column) -> None:
    """Have the images of the column checked if they are lazy. Raises DataError."""
    if isinstance(column.values, Checkable):
        column.values.check(column.rows)


def prepare(column: Column) -> None:
    """Say that the values of the column will be asked for soon."""
    if isinstance(column.values, Preparable):
        column.values.prepare(column.rows)
