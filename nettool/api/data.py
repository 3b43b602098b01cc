"""The data of a spec as NumPy arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nettool.api.options import place
from nettool.data.column import Part
from nettool.data.field import Field
from nettool.jobs.call_error import CallError
from nettool.jobs.spec.preview_data import load_data as load_of_plan

if TYPE_CHECKING:
    from nettool.graph.plan import Plan

Shape = tuple[int | None, ...]


class Samples:
    """One part of the data: `len` is the number of samples, `samples["image"]` the array of a field."""

    def __init__(self, part: Part, fields: tuple[Field, ...], shapes: Mapping[str, Shape]) -> None:
        """`shapes` are those that the network's inputs take, by field."""
        self._part = part
        self._shapes = shapes
        self._fields = {field.name: field for field in fields if field.name in part.columns}

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(self._fields)

    def __len__(self) -> int:
        return len(self._part)

    def __getitem__(self, field: str) -> NDArray[np.generic]:
        """The values of a field as they are stored, (samples, …): pixels, numbers, or numbers of classes.

        `Run.predict` takes them so. Raises CallError when there is no such field, and DataError when a file
        cannot be read.
        """
        return self._part.columns[self._known(field).name].array()

    def __contains__(self, field: object) -> bool:
        return field in self._fields

    __iter__ = None
    """`len` counts samples, but there is nothing that gives them one by one."""

    def scaled(self, field: str) -> NDArray[np.float32]:
        """The same values as a `keras.Model` of the spec takes them: normalized, in the input's shape."""
        column = self._part.columns[self._known(field).name]
        values = column.array()
        if not column.scale.changes_nothing:
            shift, divisor = (np.asarray(each) for each in (column.scale.shift, column.scale.divisor))
            values = (values - shift) / divisor
        shape = self._shapes.get(field, values.shape[1:])
        lengths = (-1 if length is None else length for length in shape)
        return values.reshape(len(values), *lengths).astype(np.float32)

    def classes(self, field: str) -> tuple[str, ...]:
        """The names of a field's classes, in the order of their numbers; empty where it has none."""
        return self._known(field).classes

    def _known(self, name: str) -> Field:
        if not isinstance(name, str) or name not in self._fields:
            raise CallError(f"the data have no field `{name}`: there is {', '.join(self._fields) or 'none'}")
        return self._fields[name]

    def __repr__(self) -> str:
        shapes = ", ".join(
            f"{field.name} {field.dtype} {tuple(field.shape)}" for field in self._fields.values()
        )
        return f"<{len(self):,} samples: {shapes}>"


def arrays_of(x: ArrayLike | Samples | Mapping[str, ArrayLike]) -> ArrayLike | Mapping[str, ArrayLike]:
    """Samples as their arrays by field; anything else as it is."""
    return {field: x[field] for field in x.fields} if isinstance(x, Samples) else x


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Data:
    """All parts of a spec's data; `notes` say what was done to them.

    `validation` is empty where the spec asks for no validation set.
    """

    train: Samples
    validation: Samples
    test: Samples
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        counts = (len(self.train), len(self.validation), len(self.test))
        return "<nettool.Data: {:,} training, {:,} validation and {:,} test samples>".format(*counts)


def load_data(plan: Plan, data_dir: str | Path | None, *, offline: bool) -> Data:
    """The data of a plan. Raises CallError for a plan without data, and DataError."""
    if plan.data is None:
        raise CallError(f"`{plan.graph.name}` has no `data`")
    loaded = load_of_plan(
        plan.data, plan.training, place(data_dir, offline=offline), lambda _: None, progress=False
    )
    bound = () if plan.binding is None else plan.binding.inputs
    shapes = {each.field: each.shape for each in bound}
    train, validation, test = (Samples(part, loaded.fields, shapes) for part in loaded.parts.values())
    return Data(train, validation, test, loaded.notes)
