"""MNIST's files: the published ones in the idx format, or Keras's one NumPy archive.

An idx file is a magic number, the lengths of the axes, then the bytes; often in gzip.

Source: Y. LeCun, C. Cortes and C. J. C. Burges, The MNIST database, "File formats for the MNIST database".
"""

import io
import math
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.builtin.catalogue import DataSet
from nettool.data.builtin.reading.contents import Content
from nettool.data.builtin.reading.samples import Samples, checked_samples
from nettool.data.failure import DataError
from nettool.data.formats.tar_stream import open_packed

_UNSIGNED_BYTES = 0x08


def read_idx(contents: Iterable[Content], dataset: DataSet) -> tuple[Samples, Samples]:
    """The training and test samples of four idx files: training images and labels, test images and labels.

    Raises DataError for a file that is damaged or not of this format, and for files that do not agree.
    """
    train_images, train_labels, test_images, test_labels = contents
    return (
        _idx_part(train_images, train_labels, dataset),
        _idx_part(test_images, test_labels, dataset),
    )


def _idx_part(images: Content, labels: Content, dataset: DataSet) -> Samples:
    height, width, _ = dataset.image_shape
    pixels = _idx_array(images, (height, width))
    return checked_samples(
        pixels.reshape(-1, height, width, 1), _idx_array(labels, ()), dataset, images.name, labels.name
    )


def _idx_array(content: Content, item_shape: tuple[int, ...]) -> NDArray[np.uint8]:
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
        message = f"`{content.name}` announces {shape[0]:,} items in {size:,} bytes and holds {found}"
        raise DataError(message, ("expected: as many bytes as it announces",))
    return np.frombuffer(values, np.uint8).reshape(shape)


_KEYS = ("x_train", "y_train", "x_test", "y_test")


def read_npz(contents: Iterable[Content], dataset: DataSet) -> tuple[Samples, Samples]:
    """The training and test samples of one .npz file. Raises DataError for any other content.

    Images are uint8 of (samples, height, width), with or without an axis for the one channel; labels are
    whole numbers of (samples,).
    """
    (content,) = contents
    arrays = _npz_arrays(content)
    return (_npz_part("train", arrays, content, dataset), _npz_part("test", arrays, content, dataset))


def _npz_arrays(content: Content) -> Mapping[str, NDArray[Any]]:
    try:
        with np.load(io.BytesIO(content.data), allow_pickle=False) as archive:
            missing = [key for key in _KEYS if key not in archive]
            arrays = {key: archive[key] for key in _KEYS if key in archive}
    except (EOFError, OSError, TypeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        message = f"`{content.name}` is damaged or no NumPy archive of plain arrays: {error}"
        raise DataError(message, (f"expected: an .npz file with {', '.join(_KEYS)}",)) from error
    if missing:
        raise DataError(f"`{content.name}` lacks {', '.join(missing)}", (f"expected: {', '.join(_KEYS)}",))
    return arrays


def _npz_part(part: str, arrays: Mapping[str, NDArray[Any]], content: Content, dataset: DataSet) -> Samples:
    images, labels = arrays[f"x_{part}"], arrays[f"y_{part}"]
    images_from, labels_from = f"{content.name}: x_{part}", f"{content.name}: y_{part}"
    height, width, channels = dataset.image_shape
    if images.dtype != np.uint8 or images.shape[1:] not in ((height, width), (height, width, channels)):
        raise DataError(
            f"`{images_from}` is an array of {images.dtype} of shape {images.shape}",
            (f"expected: uint8 of shape (samples, {height}, {width})",),
        )
    if labels.dtype.kind not in "iu" or labels.ndim != 1:
        raise DataError(
            f"`{labels_from}` is an array of {labels.dtype} of shape {labels.shape}",
            ("expected: whole numbers of shape (samples,)",),
        )
    pixels = images.reshape(-1, height, width, channels)
    return checked_samples(pixels, labels, dataset, images_from, labels_from)
