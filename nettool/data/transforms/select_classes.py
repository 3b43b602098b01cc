"""Keeps the samples of some classes and numbers these anew."""

import numpy as np

from nettool.data.column import Column, Part


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
