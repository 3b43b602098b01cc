"""Keras's form of MNIST: one NumPy archive with `x_train`, `y_train`, `x_test` and `y_test`."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nettool.data.catalogue import DataSet
from nettool.data.failure import DataError
from nettool.data.formats.contents import Content
from nettool.data.samples import Samples, checked_samples

_KEYS = ("x_train", "y_train", "x_test", "y_test")


def read(contents: Iterable[Content], dataset: DataSet) -> tuple[Samples, Samples]:
    """The training and test samples of one .npz file. Raises DataError for any other content.

    Images are uint8 of (samples, height, width), with or without an axis for the one channel; labels are
    whole numbers of (samples,).
    """
    (content,) = contents
    arrays = _arrays(content)
    return (_part("train", arrays, content, dataset), _part("test", arrays, content, dataset))


def _arrays(content: Content) -> Mapping[str, NDArray[Any]]:
    try:
        with np.load(io.BytesIO(content.data), allow_pickle=False) as archive:
            missing = [key for key in _KEYS if key not in archive]
            arrays = {key: archive[key] for key in _KEYS if key in archive}
    except (EOFError, OSError, TypeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        told = f"`{content.name}` is damaged or no NumPy archive of plain arrays: {error}"
        raise DataError(told, (f"expected: an .npz file with {', '.join(_KEYS)}",)) from error
    if missing:
        raise DataError(f"`{content.name}` lacks {', '.join(missing)}", (f"expected: {', '.join(_KEYS)}",))
    return arrays


def _part(part: str, arrays: Mapping[str, NDArray[Any]], content: Content, dataset: DataSet) -> Samples:
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
