"""Memory that is used in place: what is read lies in it, and nothing that lies in it is copied."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import small_files as files

from nettool.data.builtin.catalogue import DATA_SETS
from nettool.data.builtin.reading.contents import Content
from nettool.data.builtin.reading.readers import READERS
from nettool.data.values.aligned import ALIGNMENT, aligned, aligned_empty


def is_aligned(array: np.ndarray) -> bool:
    return array.ctypes.data % ALIGNMENT == 0 and array.flags.c_contiguous and array.flags.writeable


@pytest.mark.parametrize("shape", [(), (7,), (5, 4, 3)])
@pytest.mark.parametrize("dtype", ["uint8", "float64"])
def test_an_array_of_any_shape_starts_where_it_should(shape: tuple[int, ...], dtype: str) -> None:
    for _ in range(5):
        array = aligned_empty(shape, dtype)
        assert (array.shape, array.dtype) == (shape, np.dtype(dtype))
        assert is_aligned(array)


def test_only_what_cannot_be_used_is_copied() -> None:
    right = aligned_empty((4, 6), np.int64)
    right[...] = np.arange(24).reshape(4, 6)
    assert aligned(right) is right
    frozen = right.view()
    frozen.flags.writeable = False
    for wrong in (right[:, 1:], right.T, right[1:, :], frozen):
        copy = aligned(wrong)
        assert is_aligned(copy)
        assert np.array_equal(copy, wrong)


@pytest.mark.parametrize("published", [1, 40, 5_000], ids=["more", "as many", "fewer"])
def test_batches_are_joined_in_place_however_many_samples_they_hold(published: int) -> None:
    train, test = files.small("cifar10")
    contents = (Content(name, data) for name, data in files.cifar10_binary(train, test).items())
    dataset = replace(DATA_SETS["cifar10"], train_count=published)
    for found, expected in zip(READERS["cifar10_binary"](contents, dataset), (train, test), strict=True):
        assert is_aligned(found.images)
        assert np.array_equal(found.images, expected.images)
        assert np.array_equal(found.labels, expected.labels)


@pytest.mark.parametrize("packed", [True, False])
def test_images_of_idx_files_can_be_used_in_place(packed: bool, tmp_path: Path) -> None:
    files.write_idx(tmp_path, *files.small("mnist"), packed=packed)
    names = [f"{name}.gz" if packed else name for name in files.IDX_NAMES]
    contents = (Content(name, (tmp_path / name).read_bytes()) for name in names)
    train, test = READERS["idx"](contents, DATA_SETS["mnist"])
    assert is_aligned(train.images)
    assert is_aligned(test.images)
