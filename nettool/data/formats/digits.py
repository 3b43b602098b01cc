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

    The published values 0 to 16 are spread over 0 to 255 and rounded. Every fifth image (those whose number
    leaves 4 when divided by 5) is in the test part. The checksum is of the published values.
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
    is_test = np.arange(len(labels)) % 5 == 4
    return Samples(images[~is_test], labels[~is_test]), Samples(images[is_test], labels[is_test]), origin


def _bright(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    bright: NDArray[np.float64] = np.rint(values * (255 / _HIGHEST_VALUE))
    return bright.astype(np.uint8)
