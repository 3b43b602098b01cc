"""The samples of a part as they are read: images and their labels, checked against the data set."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nettool.data.builtin.catalogue import DataSet
from nettool.data.failure import DataError
from nettool.data.values.aligned import aligned

Images = NDArray[np.uint8]
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Images, uint8 of (samples, height, width, channels), and as many labels, int64 of (samples,)."""

    images: Images
    labels: Labels

    def __len__(self) -> int:
        return len(self.labels)


def checked_samples(
    images: Images, labels: NDArray[np.integer], dataset: DataSet, images_from: str, labels_from: str
) -> Samples:
    """The samples, once their counts agree, there are any, and every label is a class of the data set.

    The images lie in memory that can be used in place, so that a training need not copy them.
    Raises DataError with the names `images_from` and `labels_from` of the files that they came from.
    """
    if len(images) != len(labels):
        message = f"`{images_from}` holds {len(images):,} images, but `{labels_from}` {len(labels):,} labels"
        raise DataError(message, ("expected: as many labels as images",))
    if not len(labels):
        raise DataError(f"`{images_from}` holds no images")
    highest = len(dataset.classes) - 1
    lowest_found, highest_found = int(labels.min()), int(labels.max())
    if lowest_found < 0 or highest_found > highest:
        wrong = lowest_found if lowest_found < 0 else highest_found
        message = f"`{labels_from}` holds the label {wrong}, which is not a class of {dataset.name}"
        raise DataError(message, (f"expected: labels from 0 to {highest}",))
    return Samples(aligned(images), labels.astype(np.int64))
