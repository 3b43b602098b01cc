"""CIFAR's batches: several files make the training part, the last one is the test part."""

from collections.abc import Callable, Iterable

import numpy as np

from nettool.data.catalogue import DataSet
from nettool.data.formats.contents import Content
from nettool.data.samples import Images, Samples


def read_batches(
    contents: Iterable[Content], dataset: DataSet, read_batch: Callable[[Content, DataSet], Samples]
) -> tuple[Samples, Samples]:
    """The training and test samples of batches that are read one by one."""
    *train, test = [read_batch(content, dataset) for content in contents]
    joined = Samples(
        np.concatenate([batch.images for batch in train]), np.concatenate([batch.labels for batch in train])
    )
    return (joined, test)


def channels_last(planes: Images, shape: tuple[int, int, int]) -> Images:
    """Images of (samples, height, width, channels) from rows of one channel's plane after the other."""
    height, width, channels = shape
    size = height * width
    pixels = np.empty((len(planes), size, channels), np.uint8)
    for channel in range(channels):  # plane by plane is several times faster than one transposed copy
        pixels[:, :, channel] = planes[:, channel * size : (channel + 1) * size]
    return pixels.reshape(len(planes), height, width, channels)
