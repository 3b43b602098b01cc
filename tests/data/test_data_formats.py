"""Every format is read, and everything that can be wrong with a file of it is told in plain words."""

import gzip
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import small_files as files

from nettool.data.builtin.catalogue import DATA_SETS
from nettool.data.builtin.published import ReaderName
from nettool.data.builtin.reading.contents import Content
from nettool.data.builtin.reading.readers import READERS
from nettool.data.builtin.reading.samples import Samples
from nettool.data.failure import DataError

MNIST = files.small("mnist")
CIFAR10 = files.small("cifar10")
CIFAR100 = files.small("cifar100")


def idx_contents(packed: bool) -> list[Content]:
    train, test = MNIST
    arrays = (train.images[..., 0], train.labels, test.images[..., 0], test.labels)
    pack: Callable[[bytes], bytes] = gzip.compress if packed else bytes
    return [
        Content(name, pack(files.idx(values))) for name, values in zip(files.IDX_NAMES, arrays, strict=True)
    ]


def contents_of(named: dict[str, bytes]) -> list[Content]:
    return [Content(name, data) for name, data in named.items()]


def npz_contents(tmp_path: Path, **changes: object) -> list[Content]:
    files.write_npz(tmp_path / "mnist.npz", *MNIST, **changes)
    return [Content("mnist.npz", (tmp_path / "mnist.npz").read_bytes())]


def assert_samples(read: tuple[Samples, Samples], expected: tuple[Samples, Samples]) -> None:
    for part, expected_part in zip(read, expected, strict=True):
        assert part.images.dtype == np.uint8
        assert part.labels.dtype == np.int64
        np.testing.assert_array_equal(part.images, expected_part.images)
        np.testing.assert_array_equal(part.labels, expected_part.labels)


@pytest.mark.parametrize(
    ("reader", "name", "contents", "expected"),
    [
        ("idx", "mnist", idx_contents(packed=False), MNIST),
        ("idx", "mnist", idx_contents(packed=True), MNIST),
        ("cifar10_binary", "cifar10", contents_of(files.cifar10_binary(*CIFAR10)), CIFAR10),
        ("cifar100_binary", "cifar100", contents_of(files.cifar100_binary(*CIFAR100)), CIFAR100),
        ("cifar10_python", "cifar10", contents_of(files.cifar10_python(*CIFAR10)), CIFAR10),
        ("cifar100_python", "cifar100", contents_of(files.cifar100_python(*CIFAR100)), CIFAR100),
    ],
    ids=["idx", "idx.gz", "cifar10 binary", "cifar100 binary", "cifar10 python", "cifar100 python"],
)
def test_what_was_written_is_read(
    reader: ReaderName, name: str, contents: list[Content], expected: tuple[Samples, Samples]
) -> None:
    assert_samples(READERS[reader](contents, DATA_SETS[name]), expected)


@pytest.mark.parametrize("labels", [np.uint8, np.int64], ids=str)
def test_keras_s_npz_is_read(tmp_path: Path, labels: type) -> None:
    contents = npz_contents(tmp_path, y_train=MNIST[0].labels.astype(labels))
    assert_samples(READERS["npz"](contents, DATA_SETS["mnist"]), MNIST)


def test_an_npz_may_have_an_axis_for_the_one_channel(tmp_path: Path) -> None:
    contents = npz_contents(tmp_path, x_train=MNIST[0].images)
    assert_samples(READERS["npz"](contents, DATA_SETS["mnist"]), MNIST)


def idx_with(position: int, data: bytes) -> list[Content]:
    contents = idx_contents(packed=False)
    contents[position] = Content(contents[position].name, data)
    return contents


TRAIN_IMAGES = idx_contents(packed=False)[0].data
TRAIN_LABELS = idx_contents(packed=False)[1].data
EXPECTED_IMAGES = "expected: an idx file of bytes with 3 axes (magic number 2051)"
EXPECTED_LABELS = "expected: an idx file of bytes with 1 axes (magic number 2049)"


@pytest.mark.parametrize(
    ("contents", "message", "detail"),
    [
        (
            idx_with(0, gzip.compress(TRAIN_IMAGES)[:-200]),
            "`train-images-idx3-ubyte` is a damaged gzip file: "
            "Compressed file ended before the end-of-stream marker was reached",
            None,
        ),
        (
            idx_with(0, b"\x1f\x8bnot really gzip"),
            "`train-images-idx3-ubyte` is a damaged gzip file: Unknown compression method",
            None,
        ),
        (
            idx_with(0, TRAIN_LABELS),
            "`train-images-idx3-ubyte` starts with the magic number 2049",
            EXPECTED_IMAGES,
        ),
        (
            idx_with(1, b"\0\0\x0d\x01" + TRAIN_LABELS[4:]),
            "`train-labels-idx1-ubyte` starts with the magic number 3329",
            EXPECTED_LABELS,
        ),
        (idx_with(1, b"\0\0"), "`train-labels-idx1-ubyte` is too short to be an idx file", EXPECTED_LABELS),
        (
            idx_with(0, TRAIN_IMAGES[:-1]),
            "`train-images-idx3-ubyte` announces 40 items in 31,360 bytes and holds only 31,359",
            "expected: as many bytes as it announces",
        ),
        (
            idx_with(0, TRAIN_IMAGES + b"\0"),
            "`train-images-idx3-ubyte` announces 40 items in 31,360 bytes and holds more",
            "expected: as many bytes as it announces",
        ),
        (
            idx_with(0, files.idx(np.zeros((40, 16, 16)))),
            "`train-images-idx3-ubyte` holds images of 16×16 pixels",
            "expected: 28×28",
        ),
        (
            idx_with(1, files.idx(np.zeros(39))),
            "`train-images-idx3-ubyte` holds 40 images, but `train-labels-idx1-ubyte` 39 labels",
            "expected: as many labels as images",
        ),
        (
            idx_with(3, files.idx(np.full(20, 10))),
            "`t10k-labels-idx1-ubyte` holds the label 10, which is not a class of mnist",
            "expected: labels from 0 to 9",
        ),
        (
            [Content(c.name, struct.pack(">4I", 0x803, 0, 28, 28)) for c in idx_contents(packed=False)[:1]]
            + [Content("labels", struct.pack(">2I", 0x801, 0))]
            + idx_contents(packed=False)[2:],
            "`train-images-idx3-ubyte` holds no images",
            None,
        ),
    ],
    ids=[
        "truncated gzip",
        "no gzip",
        "labels for images",
        "floats for bytes",
        "no header",
        "one byte less",
        "one byte more",
        "other size",
        "counts that differ",
        "impossible label",
        "nothing in it",
    ],
)
def test_a_malformed_idx_file_is_told(contents: list[Content], message: str, detail: str | None) -> None:
    with pytest.raises(DataError) as told:
        READERS["idx"](contents, DATA_SETS["mnist"])
    assert told.value.message == message
    assert told.value.details == (() if detail is None else (detail,))


ALL_KEYS = "expected: x_train, y_train, x_test, y_test"


@pytest.mark.parametrize(
    ("changes", "message", "detail"),
    [
        ({"y_test": None, "x_test": None}, "`mnist.npz` lacks x_test, y_test", ALL_KEYS),
        (
            {"x_train": np.zeros((40, 28, 28), np.float32)},
            "`mnist.npz: x_train` is an array of float32 of shape (40, 28, 28)",
            "expected: uint8 of shape (samples, 28, 28)",
        ),
        (
            {"x_test": np.zeros((20, 32, 32), np.uint8)},
            "`mnist.npz: x_test` is an array of uint8 of shape (20, 32, 32)",
            "expected: uint8 of shape (samples, 28, 28)",
        ),
        (
            {"y_test": np.zeros((20, 10), np.uint8)},
            "`mnist.npz: y_test` is an array of uint8 of shape (20, 10)",
            "expected: whole numbers of shape (samples,)",
        ),
        (
            {"y_train": np.full(40, -1)},
            "`mnist.npz: y_train` holds the label -1, which is not a class of mnist",
            "expected: labels from 0 to 9",
        ),
        (
            {"y_train": np.zeros(41, np.uint8)},
            "`mnist.npz: x_train` holds 40 images, but `mnist.npz: y_train` 41 labels",
            "expected: as many labels as images",
        ),
        (
            {"y_train": np.array([{"an": "object"}] * 40)},
            "`mnist.npz` is damaged or no NumPy archive of plain arrays: "
            "Object arrays cannot be loaded when allow_pickle=False",
            "expected: an .npz file with x_train, y_train, x_test, y_test",
        ),
    ],
    ids=["keys", "floats", "size", "one-hot", "negative", "counts", "objects"],
)
def test_a_malformed_npz_is_told(
    tmp_path: Path, changes: dict[str, object], message: str, detail: str
) -> None:
    with pytest.raises(DataError) as told:
        READERS["npz"](npz_contents(tmp_path, **changes), DATA_SETS["mnist"])
    assert (told.value.message, told.value.details) == (message, (detail,))


@pytest.mark.parametrize("cut", [0, 3, 100, -30])
def test_an_npz_that_is_cut_short_is_told(tmp_path: Path, cut: int) -> None:
    (content,) = npz_contents(tmp_path)
    with pytest.raises(DataError, match=r"`mnist\.npz` is damaged or no NumPy archive"):
        READERS["npz"]([Content(content.name, content.data[:cut])], DATA_SETS["mnist"])


def test_a_single_npy_array_is_no_npz(tmp_path: Path) -> None:
    np.save(tmp_path / "one.npy", np.zeros(3))
    with pytest.raises(DataError, match="`one` is damaged or no NumPy archive"):
        READERS["npz"]([Content("one", (tmp_path / "one.npy").read_bytes())], DATA_SETS["mnist"])


@pytest.mark.parametrize(
    ("last", "message", "detail"),
    [
        (
            b"\0" * 3000,
            "`test_batch.bin` has 3,000 bytes, which is not a whole number of records",
            "expected: records of 3,073 bytes (1 for labels, 3,072 for pixels)",
        ),
        (
            b"",
            "`test_batch.bin` has 0 bytes, which is not a whole number of records",
            "expected: records of 3,073 bytes (1 for labels, 3,072 for pixels)",
        ),
        (
            b"\x0a" + b"\0" * 3072,
            "`test_batch.bin` holds the label 10, which is not a class of cifar10",
            "expected: labels from 0 to 9",
        ),
    ],
    ids=["cut", "empty", "impossible label"],
)
def test_a_malformed_binary_batch_is_told(last: bytes, message: str, detail: str) -> None:
    batches = files.cifar10_binary(*CIFAR10)
    batches["test_batch.bin"] = last
    with pytest.raises(DataError) as told:
        READERS["cifar10_binary"](contents_of(batches), DATA_SETS["cifar10"])
    assert (told.value.message, told.value.details) == (message, (detail,))
