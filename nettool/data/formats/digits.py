"""The handwritten digits that scikit-learn carries: always there, nothing to download."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from nettool.data.samples import Samples
from nettool.data.used_file import UsedFile

_HIGHEST_VALUE = 16
"""The published digits count, for each pixel, how many of 4×4 smaller ones were dark."""


def read_digits() -> tuple[Samples, Samples, UsedFile]:
    """Training and test samples of 8×8×1 images, and where they come from.

    The published values 0 to 16 are spread over 0 to 255 and rounded. Of each digit's images, in their order,
    every fifth is in the test part: the copy has no official split, and its digits come in runs, so that
    every fifth image of all would favour some digits. The checksum is of the published values.
    """
    import sklearn
    from sklearn.datasets import load_digits

    bunch = load_digits()
    values = bunch.images.astype(np.uint8)
    labels = bunch.target.astype(np.int64)
    digest = hashlib.sha256(values.tobytes() + labels.astype(np.uint8).tobytes()).hexdigest()
    origin = UsedFile(
        "digits of scikit-learn", f"sha256:{digest}", "embedded", f"scikit-learn {sklearn.__version__}"
    )
    images = _bright(values)[..., np.newaxis]
    is_test = _every_fifth_of_each_digit(labels)
    return Samples(images[~is_test], labels[~is_test]), Samples(images[is_test], labels[is_test]), origin


def _every_fifth_of_each_digit(labels: NDArray[np.int64]) -> NDArray[np.bool_]:
    chosen = np.zeros(len(labels), dtype=np.bool_)
    for digit in np.unique(labels):
        chosen[np.flatnonzero(labels == digit)[4::5]] = True
    return chosen


def _bright(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    bright: NDArray[np.float64] = np.rint(values * (255 / _HIGHEST_VALUE))
    return bright.astype(np.uint8)
