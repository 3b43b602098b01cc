"""Labels in stored arrays: their classes, known by all parts together, and the numbers of the samples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.failure import DataError, KeyPath
from nettool.data.field import FieldDescription
from nettool.data.formats.stored_array import StoredArray
from nettool.data.sources.source import PartName
from nettool.data.transforms.choose_classes import ClassNames, two_readings_words
from nettool.diagnostics.most_classes import MOST_CLASSES
from nettool.diagnostics.suggest import listing

Numbers = NDArray[np.int64]


def classes_of(arrays: Mapping[PartName, StoredArray], words: FieldDescription) -> tuple[str, ...]:
    """The names of the classes: as given, the different words in the order of the alphabet, or 0 … highest.

    Whole numbers are names of the given classes where all of them are; else they count the classes from 0.

    Raises DataError for a label that is not a given class, is negative, or higher than a class can be; and
    for numbers that are names of some classes and numbers of others.
    """
    found: set[str] = set()
    highest = 0
    stored = {part: _stored(array) for part, array in arrays.items()}
    whole = [labels for labels in stored.values() if labels.dtype.kind != "U"]
    are_names = words.classes is not None and _are_names(whole, words.classes)
    if are_names:
        _check_one_reading(whole, words, arrays)
    for part, array in arrays.items():
        labels = stored[part]
        if labels.dtype.kind == "U":
            found.update(str(word) for word in np.unique(labels))
            _check_words(labels, words, array)
        elif not are_names:
            _check_numbers(labels, words, array)
            highest = max(highest, int(labels.max()))
    if words.classes is not None:
        return words.classes
    return tuple(sorted(found)) or tuple(str(number) for number in range(highest + 1))


def class_numbers(
    arrays: Mapping[PartName, StoredArray], classes: tuple[str, ...]
) -> dict[PartName, Numbers]:
    """The class of each sample, int64 of (samples,), by part; expects what `classes_of` has checked."""
    labels = {part: _stored(array) for part, array in arrays.items()}
    whole = [values for values in labels.values() if values.dtype.kind != "U"]
    are_names = not whole or _are_names(whole, classes)
    return {
        part: _numbers_of(values, classes) if are_names else values.astype(np.int64)
        for part, values in labels.items()
    }


def _numbers_of(labels: NDArray[Any], classes: tuple[str, ...]) -> Numbers:
    number_of = {name: number for number, name in enumerate(classes)}
    different, place = np.unique(labels, return_inverse=True)
    numbers: Numbers = np.array([number_of[str(word)] for word in different], np.int64)[place]
    return numbers


def _are_names(labels: list[NDArray[Any]], classes: tuple[str, ...]) -> bool:
    """Whether whole numbers are the names of classes: they are where all of them are names."""
    names = set(classes)
    return all(str(number) in names for values in labels for number in np.unique(values))


def check_classes(
    labels: Mapping[PartName, Numbers], classes: tuple[str, ...], arrays: Mapping[PartName, StoredArray]
) -> tuple[str, ...]:
    """What is to be known of classes that no sample is of.

    Raises DataError for a class that another part has samples of, but the training part has none.
    """
    learned = set(np.unique(labels["train"]).tolist())
    for part, numbers in labels.items():
        unknown = [classes[number] for number in np.unique(numbers).tolist() if number not in learned]
        if unknown:
            message = (
                f"{arrays[part].called} has samples of {_listed(unknown)}, but the training set has none"
            )
            expected = f"expected: samples of all classes in {arrays['train'].called}"
            raise DataError(message, (expected,), arrays[part].key)
    empty = [name for number, name in enumerate(classes) if number not in learned]
    return (f"{arrays['train'].called} has no samples of {_listed(empty)}",) if empty else ()


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:10])
    more = f" and {len(names) - 10:,} more" if len(names) > 10 else ""
    return f"the class{'es' if len(names) > 1 else ''} {shown}{more}"


def _stored(array: StoredArray) -> NDArray[Any]:
    """The labels as words or whole numbers, of (samples,)."""
    values = np.asarray(array.values()).reshape(-1)
    if values.dtype.kind != "S":
        return values
    try:
        return np.char.decode(values, "utf-8")
    except UnicodeDecodeError as error:
        message = f"{array.called} holds bytes that are not words"
        raise DataError(message, ("expected: words in UTF-8",), array.key) from error


def _check_words(labels: NDArray[Any], words: FieldDescription, array: StoredArray) -> None:
    if words.classes is None:
        return
    known = set(words.classes)
    for word in np.unique(labels):
        if str(word) not in known:
            sample = int(np.flatnonzero(labels == word)[0])
            message = _no_class(str(word), sample, words, array)
            raise DataError(message, (f"expected: {listing(words.classes)}",), key_of(words, array))


def _check_one_reading(
    labels: list[NDArray[Any]], words: FieldDescription, arrays: Mapping[PartName, StoredArray]
) -> None:
    """Raises DataError where all labels are names of classes, and all are also numbers of other ones."""
    known = ClassNames(words.classes or ())
    different = sorted({int(number) for values in labels for number in np.unique(values)})
    readings = [known.two_readings(number) for number in different]
    if all(0 <= number < len(known.names) for number in different) and any(readings):
        number, both = next(each for each in zip(different, readings, strict=True) if each[1] is not None)
        message, _ = two_readings_words(number, both or ("", ""))
        first = next(iter(arrays.values()))
        raise DataError(
            f"{first.called} holds {message}",
            (
                "if the labels are names, save them as words: `labels.astype(str)`; if they are numbers, "
                "give the classes other names",
            ),
            first.key,
        )


def _check_numbers(labels: NDArray[Any], words: FieldDescription, array: StoredArray) -> None:
    count = MOST_CLASSES if words.classes is None else len(words.classes)
    for sample in (int(labels.argmin()), int(labels.argmax())):
        number = int(labels[sample])
        if not 0 <= number < count:
            message = _no_class(number, sample, words, array)
            advice = f"numbers that are not classes: `{words.name}: {{kind: vector}}` under `fields`"
            raise DataError(
                message, (f"expected: whole numbers from 0 to {count - 1:,}", advice), key_of(words, array)
            )


def key_of(words: FieldDescription, array: StoredArray) -> KeyPath:
    """Where the user says what the array is: under `fields`, or where its file is named."""
    return array.key if words == FieldDescription(words.name) else ("fields", words.name)


def _no_class(label: object, sample: int, words: FieldDescription, array: StoredArray) -> str:
    held = f"{array.called} holds `{label}` (sample {sample:,})"
    return f"{held}, which is not a class of the label `{words.name}`"
