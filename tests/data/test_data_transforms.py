"""Each step on the way to a column, held against NumPy or Pillow doing the same to one image at a time."""

import numpy as np
import pytest
from PIL import Image

from nettool.data.samples import Samples
from nettool.data.transforms.channels import with_channels
from nettool.data.transforms.limit import limit
from nettool.data.transforms.pad import pad
from nettool.data.transforms.resize import resize
from nettool.data.transforms.select_classes import select_classes


def images(count: int, height: int, width: int, channels: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (count, height, width, channels), dtype=np.uint8)


def by_pillow(image: np.ndarray, height: int, width: int) -> np.ndarray:
    pixels = image[..., 0] if image.shape[2] == 1 else image
    resized = Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(resized).reshape(height, width, image.shape[2])


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((8, 8), (28, 28)),
        ((28, 28), (16, 16)),
        ((32, 32), (64, 64)),
        ((28, 28), (10, 14)),
        ((9, 5), (20, 30)),
    ],
    ids=str,
)
def test_resizing_many_images_is_resizing_each_with_pillow(
    size: tuple[int, int], wanted: tuple[int, int], channels: int
) -> None:
    before = images(300, *size, channels)
    after = resize(before, *wanted)
    assert after.dtype == np.uint8
    np.testing.assert_array_equal(after, np.stack([by_pillow(image, *wanted) for image in before]))


@pytest.mark.parametrize("wanted", [(4, 40), (40, 4), (1, 1), (1, 99)], ids=str)
def test_resizing_the_sides_in_opposite_ways_differs_by_rounding_at_most(wanted: tuple[int, int]) -> None:
    before = images(20, 11, 13, 3)
    expected = np.stack([by_pillow(image, *wanted) for image in before])
    assert np.abs(resize(before, *wanted).astype(int) - expected).max() <= 1


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("wanted", [(32, 32), (29, 30), (28, 31)], ids=str)
def test_padding_is_numpy_s_padding_with_the_odd_pixel_after(wanted: tuple[int, int], channels: int) -> None:
    before = images(5, 28, 28, channels)
    more = [size - 28 for size in wanted]
    margins = [(0, 0), *((extra // 2, extra - extra // 2) for extra in more), (0, 0)]
    after = pad(before, *wanted)
    assert after.dtype == np.uint8
    np.testing.assert_array_equal(after, np.pad(before, margins))


def test_grey_is_the_rounded_mean_of_the_colours() -> None:
    every = np.arange(256, dtype=np.uint8)
    before = np.stack(np.meshgrid(every[::5], every, every, indexing="ij"), axis=-1)
    after = with_channels(before, 1)
    assert after.dtype == np.uint8
    np.testing.assert_array_equal(after, np.rint(before.astype(float).mean(axis=3, keepdims=True)))


def test_grey_is_repeated_for_three_channels() -> None:
    before = images(4, 5, 6, 1)
    after = with_channels(before, 3)
    assert after.dtype == np.uint8
    np.testing.assert_array_equal(after, np.concatenate([before] * 3, axis=3))


@pytest.mark.parametrize("channels", [1, 3])
def test_images_that_are_right_already_are_not_copied(channels: int) -> None:
    before = images(4, 5, 6, channels)
    assert resize(before, 5, 6) is before
    assert pad(before, 5, 6) is before
    assert with_channels(before, channels) is before


def test_chosen_classes_keep_their_samples_in_order_and_are_numbered_anew() -> None:
    samples = Samples(images(12, 2, 2, 1), np.array([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]))
    chosen = select_classes(samples, (5, 3, 7), 10)
    kept = [0, 4, 8, 9, 10]
    np.testing.assert_array_equal(chosen.images, samples.images[kept])
    assert chosen.labels.tolist() == [1, 0, 0, 1, 0]
    assert chosen.labels.dtype == np.int64


def test_all_classes_in_order_copy_nothing_but_in_another_order_are_renumbered() -> None:
    samples = Samples(images(3, 2, 2, 1), np.array([0, 1, 2]))
    assert select_classes(samples, (0, 1, 2), 3) is samples
    assert select_classes(samples, (2, 1, 0), 3).labels.tolist() == [2, 1, 0]


def test_a_limit_keeps_the_first_samples_without_copying() -> None:
    samples = Samples(images(10, 2, 2, 1), np.arange(10))
    limited = limit(samples, 4)
    np.testing.assert_array_equal(limited.images, samples.images[:4])
    assert limited.labels.tolist() == [0, 1, 2, 3]
    assert np.shares_memory(limited.images, samples.images)
    assert len(limit(samples, 11)) == 10
