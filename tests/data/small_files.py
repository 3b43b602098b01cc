"""Small data sets, written in the true formats of the published files."""

import gzip
import io
import pickle
import struct
import tarfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from nettool.data.builtin.catalogue import DATA_SETS
from nettool.data.builtin.reading.samples import Samples

BATCHES = ("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch")
IDX_NAMES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)


def small(name: str, train: int = 40, test: int = 20, seed: int = 0) -> tuple[Samples, Samples]:
    """Random training and test samples of a data set; the labels go round the first ten classes."""
    random = np.random.default_rng([seed, *name.encode()])
    shape = DATA_SETS[name].image_shape
    return tuple(
        Samples(
            random.integers(0, 256, (count, *shape), dtype=np.uint8),
            (np.arange(count, dtype=np.int64) + len(name)) % 10,
        )
        for count in (train, test)
    )


def idx(values: np.ndarray) -> bytes:
    values = np.asarray(values, np.uint8)
    return struct.pack(f">{1 + values.ndim}I", 0x800 | values.ndim, *values.shape) + values.tobytes()


def write_idx(folder: Path, train: Samples, test: Samples, packed: bool = True) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    arrays = (train.images[..., 0], train.labels, test.images[..., 0], test.labels)
    for name, values in zip(IDX_NAMES, arrays, strict=True):
        if packed:
            (folder / f"{name}.gz").write_bytes(gzip.compress(idx(values), mtime=0))
        else:
            (folder / name).write_bytes(idx(values))


def write_npz(path: Path, train: Samples, test: Samples, **changes: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {
        "x_train": train.images[..., 0],
        "y_train": train.labels.astype(np.uint8),
        "x_test": test.images[..., 0],
        "y_test": test.labels.astype(np.uint8),
        **changes,
    }
    np.savez(path, **{key: value for key, value in arrays.items() if value is not None})


def planes(images: np.ndarray) -> np.ndarray:
    """CIFAR's rows: all of the red, then the green, then the blue."""
    return np.stack(
        [np.concatenate([image[..., channel].ravel() for channel in range(3)]) for image in images]
    )


def cifar_records(samples: Samples, coarse: bool = False) -> bytes:
    rows = zip(samples.labels, planes(samples.images), strict=True)
    return b"".join((b"\x13" if coarse else b"") + bytes([label]) + row.tobytes() for label, row in rows)


def parts_of(train: Samples, count: int = 5) -> list[Samples]:
    images, labels = np.array_split(train.images, count), np.array_split(train.labels, count)
    return [Samples(*part) for part in zip(images, labels, strict=True)]


def cifar10_binary(train: Samples, test: Samples) -> dict[str, bytes]:
    return {
        f"{n}.bin": cifar_records(part) for n, part in zip(BATCHES, [*parts_of(train), test], strict=True)
    }


def cifar100_binary(train: Samples, test: Samples) -> dict[str, bytes]:
    return {"train.bin": cifar_records(train, coarse=True), "test.bin": cifar_records(test, coarse=True)}


def cifar10_python(train: Samples, test: Samples) -> dict[str, bytes]:
    return {n: python2_batch(p, "labels") for n, p in zip(BATCHES, [*parts_of(train), test], strict=True)}


def cifar100_python(train: Samples, test: Samples) -> dict[str, bytes]:
    return {"train": python2_batch(train, "fine_labels"), "test": python2_batch(test, "fine_labels")}


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def write_archive(path: Path, files: Mapping[str, bytes], extra: tuple[tarfile.TarInfo, ...] = ()) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as archive:
        for entry in extra:
            archive.addfile(entry, io.BytesIO(b"x" * entry.size))
        for name, data in reversed(files.items()):  # the published archives are not in order either
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))


def in_folder(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{name}": data for name, data in files.items()}


def python2_batch(samples: Samples, label_key: str) -> bytes:
    """A batch as Python 2 pickled the published ones: its texts are bytes, its array is NumPy's own call."""
    rows = planes(samples.images)
    array = (
        b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R(K\x01"
        + _number(rows.shape[0])
        + _number(rows.shape[1])
        + b"\x86cnumpy\ndtype\nU\x02u1K\x00K\x01\x87R(K\x03U\x01|NNN"
        + _number(-1)
        + _number(-1)
        + b"K\x00tb\x89"
        + _text(rows.tobytes())
        + b"tb"
    )
    labels = b"](" + b"".join(_number(label) for label in samples.labels) + b"e"
    items = (
        _text(b"data") + array,
        _text(label_key.encode()) + labels,
        _text(b"batch_label") + _text(b"a batch"),
    )
    data = b"\x80\x02}(" + b"".join(items) + b"u."
    assert np.array_equal(pickle.loads(data, encoding="bytes")[b"data"], rows)
    return data


def _number(value: int) -> bytes:
    return b"J" + struct.pack("<i", value)


def _text(value: bytes) -> bytes:
    return b"T" + struct.pack("<I", len(value)) + value
