"""CIFAR's batches: several files make the training part, the last one is the test part."""

from collections.abc import Callable, Iterable

import numpy as np

from nettool.data.aligned import aligned_empty
from nettool.data.catalogue import DataSet
from nettool.data.formats.contents import Content
from nettool.data.samples import Images, Labels, Samples


def read_batches(
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


def channels_last(planes: Images, shape: tuple[int, int, int]) -> Images:
    """Images of (samples, height, width, channels) from rows of one channel's plane after the other."""
    height, width, channels = shape
    size = height * width
    pixels: Images = aligned_empty((len(planes), size, channels), np.uint8)
    for channel in range(channels):  # plane by plane is several times faster than one transposed copy
        pixels[:, :, channel] = planes[:, channel * size : (channel + 1) * size]
    return pixels.reshape(len(planes), height, width, channels)
