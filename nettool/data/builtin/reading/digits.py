"""The handwritten digits that scikit-learn carries: always there, nothing to download."""

import hashlib
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nettool.data.builtin.reading.samples import Samples
from nettool.data.used_file import UsedFile

_HIGHEST_VALUE = 16
"""The published digits count, for each pixel, how many of 4×4 smaller ones were dark."""


def read_digits() -> tuple[Samples, Samples, UsedFile]:
    """Training and test samples of 8×8×1 images, and where they come from.

    The published values 0 to 16 are spread over 0 to 255 and rounded. Of each digit's images, in their order,
    every fifth is in the test part: the copy has no official split, and its digits come in runs, so that
    every fifth image of all would favour some digits. The checksum is of the published values.
    """
    values, labels = _published()
    digest = hashlib.sha256(values.tobytes() + labels.astype(np.uint8).tobytes()).hexdigest()
    origin = UsedFile(
        "digits of scikit-learn", f"sha256:{digest}", "embedded", f"scikit-learn {version('scikit-learn')}"
    )
    images = _bright(values)[..., np.newaxis]
    is_test = _every_fifth_of_each_digit(labels)
    return Samples(images[~is_test], labels[~is_test]), Samples(images[is_test], labels[is_test]), origin


def _published() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Images (1797, 8, 8) and their digits, of scikit-learn's file: to import it takes most of a second."""
    file = _file()
    if file is None:
        from sklearn.datasets import load_digits

        bunch = load_digits()
        return bunch.images.astype(np.uint8), bunch.target.astype(np.int64)
    rows = np.loadtxt(file, np.uint8, delimiter=",")
    return rows[:, :-1].reshape(-1, 8, 8), rows[:, -1].astype(np.int64)


def _file() -> Path | None:
    """Where it lies; None when scikit-learn has put it elsewhere."""
    package = find_spec("sklearn")
    places = [] if package is None else package.submodule_search_locations or []
    files = (Path(place, "datasets", "data", "digits.csv.gz") for place in places)
    return next((file for file in files if file.is_file()), None)


def _every_fifth_of_each_digit(labels: NDArray[np.int64]) -> NDArray[np.bool_]:
    chosen = np.zeros(len(labels), dtype=np.bool_)
    for digit in np.unique(labels):
        chosen[np.flatnonzero(labels == digit)[4::5]] = True
    return chosen


def _bright(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    bright: NDArray[np.float64] = np.rint(values * (255 / _HIGHEST_VALUE))
    return bright.astype(np.uint8)
