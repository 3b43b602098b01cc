"""New samples to predict: their columns, and the name of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nettool.data.column import Part
from nettool.data.failure import DataError


@dataclass(frozen=True, slots=True)
class SampleName:
    """The file that a sample is from; in one of many samples, its number there, counted from 0."""

    file: str
    number: int | None = None

    def __str__(self) -> str:
        return self.file if self.number is None else f"{self.file}[{self.number}]"


@dataclass(frozen=True, slots=True, eq=False)
class PredictionInputs:
    """Samples of one kind: each of `files` one, or all of the one file."""

    part: Part
    files: Sequence[str]
    numbered: bool = False

    def __len__(self) -> int:
        return len(self.part)

    def name(self, sample: int) -> SampleName:
        """That of the sample at this place."""
        return SampleName(self.files[0], sample) if self.numbered else SampleName(self.files[sample])


def side_by_side(columns: Iterable[PredictionInputs]) -> PredictionInputs:
    """Samples whose fields were given one by one, as one. Raises DataError for unequally many."""
    first, *others = columns
    for other in others:
        if len(other) != len(first):
            message = f"`{_of(first)}` gives {len(first):,} samples, `{_of(other)}` {len(other):,}"
            raise DataError(message, ("expected: as many for each field",))
    every = (first, *others)
    part = Part({name: column for each in every for name, column in each.part.columns.items()})
    if all(each.numbered for each in every):
        return PredictionInputs(
            part, (" + ".join(dict.fromkeys(each.files[0] for each in every)),), numbered=True
        )
    names = [" + ".join(str(each.name(sample)) for each in every) for sample in range(len(first))]
    return PredictionInputs(part, names)


def _of(given: PredictionInputs) -> str:
    return given.files[0] if given.numbered or len(given.files) == 1 else f"{given.files[0]} …"
