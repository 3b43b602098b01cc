"""CIFAR's python batches: pickled mappings with `data`, an array of rows of pixels, and lists of labels.

Source: A. Krizhevsky, The CIFAR-10 dataset, "Dataset layout: Python / Matlab versions".
"""

from collections.abc import Iterable
from math import prod

import numpy as np
from numpy.typing import NDArray

from nettool.data.catalogue import DataSet
from nettool.data.failure import DataError
from nettool.data.formats.batches import channels_last, read_batches
from nettool.data.formats.contents import Content
from nettool.data.formats.plain_pickle import PickledArray, PickleRefused, load_plain
from nettool.data.samples import Samples, checked_samples


def read(contents: Iterable[Content], dataset: DataSet, label_key: str) -> tuple[Samples, Samples]:
    """The training and test samples; the labels are under `label_key`.

    Raises DataError for any other content, and for a pickle that holds more than plain values.
    """

    def read_batch(content: Content, dataset: DataSet) -> Samples:
        batch = _mapping(content)
        pixels = prod(dataset.image_shape)
        data = batch.get("data")
        rows = data.to_numpy() if isinstance(data, PickledArray) else None
        if rows is None or rows.dtype != np.uint8 or rows.ndim != 2 or rows.shape[1] != pixels:
            expected = f"expected: `data`, an array of bytes in rows of {pixels:,}"
            raise DataError(f"`{content.name}` holds no images of {dataset.name}", (expected,))
        labels = _labels(batch.get(label_key), content, label_key)
        return checked_samples(
            channels_last(rows, dataset.image_shape), labels, dataset, content.name, content.name
        )

    return read_batches(contents, dataset, read_batch)


def _mapping(content: Content) -> dict[object, object]:
    try:
        loaded = load_plain(content.data)
    except PickleRefused as refused:
        raise DataError(
            f"`{content.name}` was not read: {refused}",
            ("expected: a batch of plain lists, texts and arrays; anything else could run code",),
        ) from refused
    if not isinstance(loaded, dict):
        raise DataError(f"`{content.name}` is no CIFAR batch", ("expected: a mapping",))
    return {key.decode("latin-1") if isinstance(key, bytes) else key: value for key, value in loaded.items()}


def _labels(labels: object, content: Content, label_key: str) -> NDArray[np.int64]:
    if not isinstance(labels, list) or not all(type(label) is int for label in labels):
        expected = f"expected: `{label_key}`, a list of whole numbers"
        raise DataError(f"`{content.name}` holds no labels", (expected,))
    return np.array(labels, np.int64).reshape(-1)
