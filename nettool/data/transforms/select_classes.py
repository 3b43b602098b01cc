"""Keeps the samples of some classes and numbers these anew."""

import numpy as np

from nettool.data.samples import Samples


def select_classes(samples: Samples, chosen: tuple[int, ...], class_count: int) -> Samples:
    """The samples whose label is in `chosen`, in their order; the new label is the position in `chosen`.

    `class_count` is how many classes there are to choose from. Nothing is copied when all stay as they are.
    """
    if chosen == tuple(range(class_count)):
        return samples
    new_labels = np.full(class_count, -1, np.int64)
    new_labels[list(chosen)] = np.arange(len(chosen))
    labels = new_labels[samples.labels]
    kept = labels >= 0
    return Samples(samples.images[kept], labels[kept])
