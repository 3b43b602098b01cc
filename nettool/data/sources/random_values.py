"""Random values of declared fields, to try a network before there are data."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod

from nettool.data.failure import DataError
from nettool.data.field import Field
from nettool.data.place import Place
from nettool.data.sources.source import Contents, DataSource, Say, Statement

SEED = 0
"""The values are the same for all runs, as those of a file would be."""

_MOST_VALUES = 1 << 40
"""Of a field, in all samples: more than any memory holds."""


@dataclass(frozen=True, slots=True)
class RandomValues(DataSource):
    """Fields as they are declared, with `samples` random samples: nothing in them can be learned.

    What is drawn for which kind of field: see `random_part`.
    """

    fields: tuple[Field, ...]
    samples: int
    name: str = field(default="the random data", init=False)

    def statement(self) -> Statement:
        """The declared fields. Raises DataError for values that a field's type or no memory can hold."""
        if self.samples < 1:
            raise DataError(
                f"the random data has {self.samples} samples", ("expected: at least 1",), ("samples",)
            )
        for each in self.fields:
            _check_range(each)
            _check_count(each, self.samples)
        return Statement(self.fields, {"train": self.samples})

    def read(self, place: Place, say: Say, progress: bool) -> Contents:
        """One part, drawn anew and the same each time."""
        from nettool.data.sources.random_part import random_part

        return Contents({"train": random_part(self.fields, self.samples, SEED)})

    def facts(self) -> dict[str, object]:
        """The declaration of each field, and the number of samples."""
        return {"random": {each.name: _declared(each) for each in self.fields}, "samples": self.samples}


def _check_range(field: Field) -> None:
    bits = field.dtype.removeprefix("u").removeprefix("int")
    if not bits.isdigit():
        return
    greatest = 2 ** (int(bits) - (not field.dtype.startswith("u"))) - 1
    highest = len(field.classes) - 1 if field.classes else field.highest
    if not 0 <= highest <= greatest:
        message = f"the highest value of `{field.name}`, {highest:g}, does not go into {field.dtype}"
        raise DataError(message, (f"expected: from 0 to {greatest}",), ("random", field.name))


def _check_count(field: Field, samples: int) -> None:
    count = samples * prod(length for length in field.shape if length is not None)
    if count > _MOST_VALUES:
        message = f"`{field.name}` has {count:,} values in {samples:,} samples, more than any memory holds"
        raise DataError(message, ("expected: a smaller `shape`, or fewer `samples`",), ("random", field.name))


def _declared(field: Field) -> dict[str, object]:
    if field.kind == "label":
        return {"kind": field.kind, "dtype": field.dtype, "classes": list(field.classes)}
    return {
        "kind": field.kind,
        "shape": list(field.shape),
        "dtype": field.dtype,
        "highest": field.highest,
    }
