"""CIFAR's batches, binary or pickled: several files are the training set, the last one is the test set.

Source: A. Krizhevsky, The CIFAR-10 dataset, "Dataset layout".
"""

from collections.abc import Callable, Iterable
from math import prod

import numpy as np
from numpy.typing import NDArray

from nettool.data.builtin.catalogue import DataSet
from nettool.data.builtin.reading.contents import Content
from nettool.data.builtin.reading.samples import Images, Labels, Samples, checked_samples
from nettool.data.failure import DataError
from nettool.data.formats.plain_pickle import PickledArray, PickleRefused, load_plain
from nettool.data.values.aligned import aligned_empty


def _read_batches(
    contents: Iterable[Content], dataset: DataSet, read_batch: Callable[[Content, DataSet], Samples]
) -> tuple[Samples, Samples]:
    """The training and test samples of batches that are read one by one, and held one at a time."""
    joined = _Joined(dataset)
    last: Samples | None = None
    for content in contents:
        if last is not None:
            joined.add(last)
            last = None
        last = read_batch(content, dataset)
        # Or else it stays in memory while the next one is read.
        del content
    if last is None:
        raise ValueError("there are no batches to read")
    return (joined.samples(), last)


class _Joined:
    """Samples one after the other in one array, which is made for as many as are published."""

    def __init__(self, dataset: DataSet) -> None:
        self._images: Images = aligned_empty((dataset.train_count, *dataset.image_shape), np.uint8)
        self._labels: list[Labels] = []
        self._count = 0

    def add(self, batch: Samples) -> None:
        end = self._count + len(batch)
        if end > len(self._images):
            larger: Images = aligned_empty((2 * end, *self._images.shape[1:]), np.uint8)
            larger[: self._count] = self._images[: self._count]
            self._images = larger
        self._images[self._count : end] = batch.images
        self._labels.append(batch.labels)
        self._count = end

    def samples(self) -> Samples:
        return Samples(self._images[: self._count], np.concatenate(self._labels))


def _channels_last(planes: Images, shape: tuple[int, int, int]) -> Images:
    """Images of (samples, height, width, channels) from rows of one channel's plane after the other."""
    height, width, channels = shape
    size = height * width
    pixels: Images = aligned_empty((len(planes), size, channels), np.uint8)
    for channel in range(channels):  # plane by plane is several times faster than one transposed copy
        pixels[:, :, channel] = planes[:, channel * size : (channel + 1) * size]
    return pixels.reshape(len(planes), height, width, channels)


def read_binary(contents: Iterable[Content], dataset: DataSet, label_bytes: int) -> tuple[Samples, Samples]:
    """The training and test samples of records: label bytes, then the pixels, one channel after the other.

    The last of a record's `label_bytes` is the (fine) label.

    Raises DataError for a file that is not a whole number of records, or holds an impossible label.
    """

    def read_batch(content: Content, dataset: DataSet) -> Samples:
        pixels = prod(dataset.image_shape)
        record = label_bytes + pixels
        if not content.data or len(content.data) % record:
            raise DataError(
                f"`{content.name}` has {len(content.data):,} bytes, which is not a whole number of records",
                (f"expected: records of {record:,} bytes ({label_bytes} for labels, {pixels:,} for pixels)",),
            )
        records = np.frombuffer(content.data, np.uint8).reshape(-1, record)
        images = _channels_last(records[:, label_bytes:], dataset.image_shape)
        return checked_samples(images, records[:, label_bytes - 1], dataset, content.name, content.name)

    return _read_batches(contents, dataset, read_batch)


def read_python(contents: Iterable[Content], dataset: DataSet, label_key: str) -> tuple[Samples, Samples]:
    """The training and test samples of pickled mappings: `data` has rows of pixels, `label_key` the labels.

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
            _channels_last(rows, dataset.image_shape), labels, dataset, content.name, content.name
        )

    return _read_batches(contents, dataset, read_batch)


def _mapping(content: Content) -> dict[object, object]:
    try:
        loaded = load_plain(content.data)
    except PickleRefused as refused:
        raise DataError(
            f"`{content.name}` was not read: {refused}",
            ("expected: a batch of plain lists, texts and arrays; anything else could run code",),
        ) from refused
    if not isinstance(loaded, dict):
        raise DataError(f"`{content.name}` is not a CIFAR batch", ("expected: a mapping",))
    return {key.decode("latin-1") if isinstance(key, bytes) else key: value for key, value in loaded.items()}


def _labels(labels: object, content: Content, label_key: str) -> NDArray[np.int64]:
    if not isinstance(labels, list) or not all(type(label) is int for label in labels):
        expected = f"expected: `{label_key}`, a list of whole numbers"
        raise DataError(f"`{content.name}` holds no labels", (expected,))
    return np.array(labels, np.int64).reshape(-1)
