"""What every source of data can do: say what it is, state what it holds, and read it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from nettool.data.field import Field, FieldKind
from nettool.data.place import Place
from nettool.data.used_file import UsedFile

if TYPE_CHECKING:  # what only states its fields (validate, summary) need not wait for NumPy
    from nettool.data.column import Part

Say = Callable[[str], None]
PartName = Literal["train", "validation", "test"]
PARTS: tuple[PartName, ...] = ("train", "validation", "test")
SET_NAMES: Mapping[PartName, str] = {
    "train": "training set",
    "validation": "validation set",
    "test": "test set",
}
"""What messages call the parts."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source holds, known without reading everything.

    `fields` are those of each part, in a fixed order. `counts` are the numbers of samples of the parts that
    the source has: at least `train`; a part that it lacks is held out of `train` when the data are loaded.
    """

    fields: tuple[Field, ...]
    counts: Mapping[PartName, int]

    @property
    def label(self) -> Field | None:
        """The field that tells the class of a sample: the only label, or the one named `label`."""
        labels = [field for field in self.fields if field.kind == "label"]
        named = [field for field in labels if field.name == "label"]
        return labels[0] if len(labels) == 1 else next(iter(named), None)


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """What was read: the parts with the stated fields, the files they came from, and what is to be known."""

    parts: Mapping[PartName, Part]
    files: tuple[UsedFile, ...] = ()
    notes: tuple[str, ...] = ()


class DataSource(ABC):
    """A place that data come from; a frozen dataclass of plain values.

    The keys of a spec that name it are declared in `spec/data/origins/`, where a new kind of source begins.
    Its mistakes are DataErrors with the key to mend, so nothing else knows it.
    """

    __slots__ = ()

    always_has_test_set: ClassVar[bool] = False
    """Whether `test_split` never has anything to do."""
    is_slow_to_list: ClassVar[bool] = False
    """Whether to load it takes thousands of calls to the system, each slow while another thread imports."""

    name: str
    """What messages call it: `mnist`, `pets`, `houses.csv`."""

    @abstractmethod
    def statement(self) -> Statement:
        """What it holds. Raises DataMissing when it is not there, DataError when it cannot be used."""

    @abstractmethod
    def read(self, place: Place, say: Say, progress: bool) -> Contents:
        """Its parts. `say` reports downloads, a line at a time; `progress` allows a bar for them.

        Raises DataError when files are malformed, DataMissing when there are none to be had.
        """

    @abstractmethod
    def facts(self) -> dict[str, object]:
        """The keys of the `data:` section that name this source, with every path absolute."""

    @property
    def column_names(self) -> Mapping[str, tuple[str, ...]]:
        """What the numbers of its vectors are called, by field; nothing where they have no names."""
        return {}

    def kind_advice(self, field: str, kind: FieldKind) -> str | None:
        """What to write so that a field is of that kind; None where a spec cannot say it."""
        return None
