"""Which part and which field an array belongs to, known by its name or by the part its file is given for."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from nettool.data.failure import DataError, at_key
from nettool.data.formats.numpy_files import stored_arrays
from nettool.data.formats.stored_array import StoredArray
from nettool.data.sources.source import PARTS, PartName

Files = tuple[tuple[PartName, tuple[tuple[str, Path], ...]], ...]
Arrays = Mapping[str, StoredArray]

LENGTHS = "_lengths"
"""What the name of the array ends in that holds the lengths of another one's sequences."""

_PART_WORDS: Mapping[str, PartName] = {
    "train": "train",
    "training": "train",
    "validation": "validation",
    "valid": "validation",
    "val": "validation",
    "test": "test",
}
_NAMING = (
    "expected: the set in the name of every array, as in x_train, y_train, x_test and y_test, or in none"
)


def arrays_by_part(files: Files) -> dict[PartName, Arrays]:
    """The arrays of each part by the names of their fields, in the order of the parts.

    Where only training files are given, arrays named `x_train` or `train_x`, `x_val`, `x_test` … are the
    field `x` of these parts. Raises DataMissing and DataError, see `stored_arrays`, and DataError for names
    that occur twice, belong to no part where others do, or leave no training part.
    """
    given = {part: _named(part, entries) for part, entries in files}
    if tuple(given) == ("train",):
        given = _own_parts(given["train"])
    else:
        given = {part: _without_part(arrays, part) for part, arrays in given.items()}
    if "train" not in given:
        first = next(array for arrays in given.values() for array in arrays.values())
        raise DataError(f"`{first.path}` has no arrays of a training set", (_NAMING,), first.key)
    return {part: given[part] for part in PARTS if part in given}


def _named(part: PartName, entries: Iterable[tuple[str, Path]]) -> Arrays:
    arrays: dict[str, StoredArray] = {}
    for name, path in entries:
        key = ("arrays", part, name) if name else ("arrays", part)
        with at_key(*key):
            for array in stored_arrays(path):
                if bool(name) == bool(array.name):
                    raise DataError(*_misgiven(name, path))
                _add(arrays, name or array.name, replace(array, key=key))
    return arrays


def _misgiven(name: str, path: Path) -> tuple[str, tuple[str, ...]]:
    if name:
        message = f"`{path}` is given as the field `{name}`, but an .npz names its arrays itself"
        return message, ("expected: an .npy file for a field, or the .npz alone",)
    return f"`{path}` holds an array without a name", (
        "expected: the field it is, as in {image: images.npy}",
    )


def _add(arrays: dict[str, StoredArray], name: str, array: StoredArray) -> None:
    if name in arrays:
        raise DataError(
            f"{arrays[name].called} and {array.called} are both the field `{name}` of one set",
            ("expected: each field of a set once",),
            arrays[name].key,
        )
    arrays[name] = array


def _own_parts(arrays: Arrays) -> dict[PartName, Arrays]:
    placed = {name: _placed(name) for name in arrays}
    without = [name for name, (_, part) in placed.items() if part is None]
    if len(without) == len(arrays):
        return {"train": arrays}
    if without:
        first = arrays[without[0]]
        message = f"{first.called} does not say which set it is of, other arrays do"
        raise DataError(message, (_NAMING,), first.key)
    parts: dict[PartName, dict[str, StoredArray]] = {}
    for name, (field, part) in placed.items():
        if part is not None:
            _add(parts.setdefault(part, {}), field, arrays[name])
    return dict(parts)


def _without_part(arrays: Arrays, part: PartName) -> Arrays:
    """A file for one part may still name that part in each of its arrays."""
    placed = [_placed(name) for name in arrays]
    if any(other != part for _, other in placed):
        return arrays
    renamed: dict[str, StoredArray] = {}
    for (field, _), array in zip(placed, arrays.values(), strict=True):
        _add(renamed, field, array)
    return renamed


def _placed(name: str) -> tuple[str, PartName | None]:
    """The field and the part that a name tells: `x_train`, `train_x`, and so on."""
    stem = name.removesuffix(LENGTHS)
    ending = name[len(stem) :]
    before, _, last = stem.rpartition("_")
    first, _, after = stem.partition("_")
    if before and last in _PART_WORDS:
        return before + ending, _PART_WORDS[last]
    if after and first in _PART_WORDS:
        return after + ending, _PART_WORDS[first]
    return name, None
