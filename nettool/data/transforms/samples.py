"""Keeps some samples of a part, and looks up new fields for them."""

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Column, Part
from nettool.data.request import Derived


def limit(part: Part, count: int) -> Part:
    """The first `count` samples, or all if there are fewer; nothing is copied."""
    return part if len(part) <= count else part.take(np.arange(count))


def select_classes(part: Part, label: str, chosen: tuple[int, ...], class_count: int) -> Part:
    """The samples whose `label` is in `chosen`, in their order; the new label is the position in `chosen`.

    `class_count` is how many classes there are to choose from. Nothing is copied but labels.
    """
    if chosen == tuple(range(class_count)):
        return part
    new_labels = np.full(class_count, -1, np.int64)
    new_labels[list(chosen)] = np.arange(len(chosen))
    labels = new_labels[part.columns[label].array()]
    rows = np.flatnonzero(labels >= 0)
    kept = part.take(rows)
    return Part({**kept.columns, label: Column(labels[rows])})


def derive(part: Part, derived: Derived) -> Part:
    """The part with one more column: for each sample the value that its class stands for.

    Words become class numbers, int64 of (samples,), in the order in which the words first occur among the
    values; numbers become float32 of (samples, 1).
    """
    labels = part.columns[derived.origin].array()
    words = [value for value in derived.values if isinstance(value, str)]
    if words:
        classes = tuple(dict.fromkeys(words))
        looked_up = np.array([classes.index(word) for word in words], np.int64)[labels]
    else:
        looked_up = np.array(derived.values, np.float32)[labels][:, np.newaxis]
    return Part({**part.columns, derived.name: Column(looked_up)})


def evenly_spaced(count: int, most: int) -> NDArray[np.int64]:
    """At most so many row numbers below `count`, evenly spaced from the first row to the last."""
    return np.linspace(0, count - 1, min(most, count)).astype(np.int64)
