"""The fields of some stored arrays, and how many samples there are, found without reading everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nettool.data.failure import DataError
from nettool.data.field import Field
from nettool.data.sources.array_kinds import field_of
from nettool.data.sources.array_parts import LENGTHS, Arrays
from nettool.data.sources.field_arrays import FieldArrays
from nettool.data.sources.field_words import FieldWords
from nettool.data.sources.source import PartName
from nettool.data.sources.stored_array import StoredArray


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """The fields, the arrays that each of them is in, and the number of samples of each part."""

    fields: tuple[Field, ...]
    arrays: Mapping[str, FieldArrays]
    counts: Mapping[PartName, int]


def survey(parts: Mapping[PartName, Arrays], described: tuple[FieldWords, ...], source: str) -> Survey:
    """What the arrays of these parts hold; labels are read whole, of everything else only the headers.

    Raises DataError when the parts differ in their fields, the fields of a part in their number of samples,
    when a field is described that there is not, and see `field_of`.
    """
    _check_same_fields(parts)
    arrays = _by_field(parts)
    words = {each.name: each for each in described}
    for name in words:
        if name not in arrays:
            raise DataError(f"{source} has no field `{name}`", (f"it has {_listed(arrays)}",))
    counts = {part: _count([arrays[name].by_sample()[part] for name in arrays]) for part in parts}
    fields = tuple(field_of(each, words.get(name, FieldWords(name))) for name, each in arrays.items())
    return Survey(fields, arrays, counts)


def _check_same_fields(parts: Mapping[PartName, Arrays]) -> None:
    for part in parts:
        _check_has(parts, having="train", lacking=part)
        _check_has(parts, having=part, lacking="train")


def _check_has(parts: Mapping[PartName, Arrays], *, having: PartName, lacking: PartName) -> None:
    for name, array in parts[having].items():
        if name not in parts[lacking]:
            told = f"the {lacking} part lacks the field `{name}`, which the {having} part has: {array.called}"
            files = dict.fromkeys(f"`{other.path}`" for other in parts[lacking].values())
            details = f"the {lacking} part has {_listed(parts[lacking])}, in {', '.join(files)}"
            raise DataError(told, ("expected: the same fields in all parts", details))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _by_field(parts: Mapping[PartName, Arrays]) -> dict[str, FieldArrays]:
    names = parts["train"]
    return {
        name: FieldArrays(_of(name, parts), _of(name + LENGTHS, parts))
        for name in names
        if not (name.endswith(LENGTHS) and name.removesuffix(LENGTHS) in names)
    }


def _of(name: str, parts: Mapping[PartName, Arrays]) -> dict[PartName, StoredArray]:
    return {part: arrays[name] for part, arrays in parts.items() if name in arrays}


def _count(arrays: list[StoredArray]) -> int:
    first, *others = arrays
    count = first.shape[0]
    for other in others:
        if other.shape[0] != count:
            told = f"{first.called} holds {count:,} samples, but {other.called} holds {other.shape[0]:,}"
            raise DataError(told, ("expected: as many samples in all arrays of a part",))
    return count
