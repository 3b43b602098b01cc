import subprocess
import sys

import numpy as np
import pytest
from sklearn.datasets import load_digits

from nettool.data.builtin.reading import digits
from nettool.data.builtin.reading.digits import read_digits


def test_the_digits_are_those_that_scikit_learn_loads() -> None:
    train, test, origin = read_digits()
    theirs = load_digits()
    images = np.concatenate([train.images, test.images])[..., 0]
    expected = np.rint(theirs.images / 16 * 255).astype(np.uint8)
    assert sorted(image.tobytes() for image in images) == sorted(image.tobytes() for image in expected)
    assert sorted(np.concatenate([train.labels, test.labels])) == sorted(theirs.target)
    for digit in range(10):
        ours = images[np.concatenate([train.labels, test.labels]) == digit]
        assert ours.astype(int).sum() == expected[theirs.target == digit].astype(int).sum()
    assert origin.path == "digits of scikit-learn"


def test_they_are_the_same_where_scikit_learn_has_put_its_file_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    train, test, origin = read_digits()
    monkeypatch.setattr(digits, "_file", lambda: None)
    other_train, other_test, other_origin = read_digits()
    for ours, theirs in ((train, other_train), (test, other_test)):
        np.testing.assert_array_equal(ours.images, theirs.images)
        np.testing.assert_array_equal(ours.labels, theirs.labels)
        assert (ours.images.dtype, ours.labels.dtype) == (theirs.images.dtype, theirs.labels.dtype)
    assert origin == other_origin


def test_reading_them_does_not_load_scikit_learn() -> None:
    code = "import sys; from nettool.data.builtin.reading.digits import read_digits; read_digits(); print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
