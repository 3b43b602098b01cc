"""The idx format of MNIST: a magic number, the lengths of the axes, then the bytes; often in gzip.

Source: Y. LeCun, C. Cortes and C. J. C. Burges, The MNIST database, "File formats for the MNIST database".
"""

import io
import math
import struct
import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from nettool.data.catalogue import DataSet
from nettool.data.failure import DataError
from nettool.data.formats.contents import Content
from nettool.data.formats.tar_stream import open_packed
from nettool.data.samples import Samples, checked_samples

_UNSIGNED_BYTES = 0x08


def read(contents: Iterable[Content], dataset: DataSet) -> tuple[Samples, Samples]:
    """The training and test samples of four idx files: training images and labels, test images and labels.

    Raises DataError for a file that is damaged or not of this format, and for files that do not agree.
    """
    train_images, train_labels, test_images, test_labels = contents
    return (
        _part(train_images, train_labels, dataset),
        _part(test_images, test_labels, dataset),
    )


def _part(images: Content, labels: Content, dataset: DataSet) -> Samples:
    height, width, _ = dataset.image_shape
    pixels = _array(images, (height, width))
    return checked_samples(
        pixels.reshape(-1, height, width, 1), _array(labels, ()), dataset, images.name, labels.name
    )


def _array(content: Content, item_shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """The array in an idx file whose items have this shape; it shares the memory of the unpacked bytes."""
    axes = 1 + len(item_shape)
    expected = f"expected: an idx file of bytes with {axes} axes (magic number {_UNSIGNED_BYTES << 8 | axes})"
    try:
        with open_packed(io.BytesIO(content.data)) as stream:
            header = stream.read(4 + 4 * axes)
            if len(header) < 4 + 4 * axes:
                raise DataError(f"`{content.name}` is too short to be an idx file", (expected,))
            magic, *shape = struct.unpack(f">{1 + axes}I", header)
            if magic != _UNSIGNED_BYTES << 8 | axes:
                raise DataError(f"`{content.name}` starts with the magic number {magic}", (expected,))
            if tuple(shape[1:]) != item_shape:
                raise DataError(
                    f"`{content.name}` holds images of {'×'.join(map(str, shape[1:]))} pixels",
                    (f"expected: {'×'.join(map(str, item_shape))}",),
                )
            size = math.prod(shape)
            values = stream.read(size + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise DataError(f"`{content.name}` is a damaged gzip file: {error}") from error
    if len(values) != size:
        found = f"only {len(values):,}" if len(values) < size else "more"
        told = f"`{content.name}` announces {shape[0]:,} items in {size:,} bytes and holds {found}"
        raise DataError(told, ("expected: as many bytes as it announces",))
    return np.frombuffer(values, np.uint8).reshape(shape)
