"""Pickles: the published batches are read, and nothing that a pickle names is ever run."""

import os
import pickle
from pathlib import Path

import numpy as np
import pytest
import small_files as files

from nettool.data.builtin.catalogue import DATA_SETS
from nettool.data.builtin.reading.contents import Content
from nettool.data.builtin.reading.readers import READERS
from nettool.data.failure import DataError
from nettool.data.formats.plain_pickle import PickledArray, PickleRefused, load_plain

CIFAR10 = files.small("cifar10")
ROWS = files.planes(CIFAR10[1].images)
LABELS = [int(label) for label in CIFAR10[1].labels]


class Runs:
    """Unpickled in the ordinary way, it makes the folder that it was given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, (str(self.folder),))


def read_test_batch(data: bytes) -> np.ndarray:
    batches = files.cifar10_python(*CIFAR10)
    batches["test_batch"] = data
    contents = [Content(name, content) for name, content in batches.items()]
    _, test = READERS["cifar10_python"](contents, DATA_SETS["cifar10"])
    return test.images


@pytest.mark.parametrize("protocol", [0, 1, 2, 3, 4])
def test_an_array_that_numpy_pickled_comes_back_byte_for_byte(protocol: int) -> None:
    loaded = load_plain(pickle.dumps({"data": ROWS}, protocol))
    assert isinstance(loaded, dict)
    np.testing.assert_array_equal(loaded["data"].to_numpy(), ROWS)


def test_an_array_in_columns_comes_back_in_its_shape() -> None:
    array = np.asfortranarray(np.arange(12, dtype=np.uint8).reshape(3, 4))
    loaded = load_plain(pickle.dumps(array, 2))
    assert isinstance(loaded, PickledArray)
    np.testing.assert_array_equal(loaded.to_numpy(), array)


@pytest.mark.parametrize("protocol", [0, 2, 4])
def test_a_pickle_that_would_run_something_is_refused_and_runs_nothing(tmp_path: Path, protocol: int) -> None:
    attack = pickle.dumps({"data": ROWS, "labels": LABELS, "extra": Runs(tmp_path / "ran")}, protocol)
    with pytest.raises(
        DataError, match=r"`test_batch` was not read: it names `\w+\.mkdir`, which is not a plain value"
    ):
        read_test_batch(attack)
    assert not (tmp_path / "ran").exists()

    pickle.loads(attack)
    assert (tmp_path / "ran").exists(), "the attack is a real one"


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("builtins", "eval"),
        ("__builtin__", "getattr"),
        ("numpy", "load"),
        ("numpy", "core.multiarray"),
        ("numpy.core.multiarray", "fromfile"),
        ("_codecs", "lookup"),
    ],
)
def test_a_name_that_no_array_needs_is_refused(module: str, name: str) -> None:
    with pytest.raises(PickleRefused, match=f"it names `{module}.{name}`, which is not a plain value"):
        load_plain(f"c{module}\n{name}\n(S'x'\ntR.".encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a pickle",
        pickle.dumps({"data": ROWS}, 2)[:-100],
        b"\x80\x02cnumpy\ndtype\n)\x81.",
        b"\x80\x02cnumpy\nndarray\nN}b.",
        b"\x80\x02c_codecs\nencode\nX\x01\x00\x00\x00xX\x04\x00\x00\x00zlib\x86R.",
        b"\x80\x02P1\n.",
        b"\x80\x02\x82\x01.",
    ],
    ids=["empty", "text", "cut", "new dtype", "state on a class", "codec", "persistent", "extension"],
)
def test_a_damaged_or_crafted_pickle_is_refused_and_nothing_else(data: bytes) -> None:
    with pytest.raises(PickleRefused):
        load_plain(data)


@pytest.mark.parametrize(
    "array",
    [
        PickledArray((2, 3), None, False, b"123456"),
        *(
            load_plain(pickle.dumps(values, 2))
            for values in (
                np.zeros(3, np.float32),
                np.array([{}, None], object),
                np.zeros(2, [("a", "u1")]),
            )
        ),
    ],
    ids=["no type", "floats", "objects", "records"],
)
def test_only_arrays_of_bytes_become_arrays(array: PickledArray) -> None:
    assert array.to_numpy() is None


@pytest.mark.parametrize(
    "state",
    [
        {"shape": (2, 4)},
        {"shape": (-1, 6)},
        {"shape": (6.0,)},
        {"shape": [6]},
        {"shape": (True, 6)},
        {"data": "123456"},
        {"data": [1, 2, 3, 4, 5, 6]},
    ],
    ids=str,
)
def test_an_array_that_does_not_add_up_becomes_none(state: dict[str, object]) -> None:
    array = load_plain(pickle.dumps(np.zeros((2, 3), np.uint8), 2))
    assert isinstance(array, PickledArray)
    for key, value in state.items():
        setattr(array, key, value)
    assert array.to_numpy() is None


@pytest.mark.parametrize(
    ("batch", "message"),
    [
        (["a", "list"], "`test_batch` is not a CIFAR batch"),
        ({"labels": LABELS}, "`test_batch` holds no images of cifar10"),
        ({"data": ROWS[:, :100], "labels": LABELS}, "`test_batch` holds no images of cifar10"),
        ({"data": ROWS.astype(np.float64), "labels": LABELS}, "`test_batch` holds no images of cifar10"),
        ({"data": ROWS, "fine_labels": LABELS}, "`test_batch` holds no labels"),
        ({"data": ROWS, "labels": [1.5] * 20}, "`test_batch` holds no labels"),
        (
            {"data": ROWS, "labels": LABELS[:-1]},
            "`test_batch` holds 20 images, but `test_batch` 19 labels",
        ),
        (
            {"data": ROWS, "labels": [-1] * 20},
            "`test_batch` holds the label -1, which is not a class of cifar10",
        ),
    ],
    ids=["list", "no data", "size", "floats", "no labels", "fractions", "counts", "label"],
)
def test_a_malformed_python_batch_is_told(batch: object, message: str) -> None:
    with pytest.raises(DataError) as told:
        read_test_batch(pickle.dumps(batch, 2))
    assert told.value.message == message


def test_a_batch_pickled_by_python_3_is_read() -> None:
    images = read_test_batch(pickle.dumps({"data": ROWS, "labels": LABELS}, 2))
    np.testing.assert_array_equal(images, CIFAR10[1].images)
