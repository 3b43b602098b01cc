"""Images that are no bytes, or have a fourth channel, go through the same steps."""

import numpy as np
import pytest
from PIL import Image

from nettool.data.transforms.image import pad, with_channels
from nettool.data.transforms.resize import resize

random = np.random.default_rng(5)


@pytest.mark.parametrize("dtype", ["float32", "float64", "uint16", "int32"])
@pytest.mark.parametrize("size", [(12, 10), (3, 4)])
def test_other_types_are_resized_as_pillow_resizes_fractions(dtype: str, size: tuple[int, int]) -> None:
    images = (random.random((2, 6, 8, 3)) * 1000).astype(dtype)
    resized = resize(images, *size)
    assert (resized.shape, resized.dtype) == ((2, *size, 3), np.dtype(dtype))
    for image, made in zip(images, resized, strict=True):
        for channel in range(3):
            one = Image.fromarray(image[..., channel].astype(np.float32))
            expected = np.asarray(one.resize(size[::-1], Image.Resampling.BILINEAR))
            np.testing.assert_allclose(
                made[..., channel], expected, rtol=1e-5, atol=1.0 if "int" in dtype else 0
            )


def test_each_of_four_channels_is_resized_by_itself() -> None:
    """Pillow would take the fourth into run_summary, and black out what is transparent."""
    images = random.integers(0, 256, (2, 6, 8, 4), np.uint8)
    apart = [resize(images[..., channel : channel + 1], 12, 10) for channel in range(4)]
    np.testing.assert_array_equal(resize(images, 12, 10), np.concatenate(apart, axis=3))


def test_padding_keeps_the_type() -> None:
    images = random.random((2, 3, 3, 1))
    padded = pad(images, 5, 5)
    np.testing.assert_array_equal(padded, np.pad(images, [(0, 0), (1, 1), (1, 1), (0, 0)]))


def test_grey_is_the_mean_of_fractions_and_of_large_numbers() -> None:
    images = random.random((2, 3, 3, 3))
    np.testing.assert_allclose(with_channels(images, 1), images.mean(axis=3, keepdims=True))
    large = (images * 65535).astype(np.uint16)
    np.testing.assert_array_equal(with_channels(large, 1), np.rint(large.mean(axis=3, keepdims=True)))


def test_the_fourth_channel_is_left_out() -> None:
    images = random.integers(0, 256, (2, 3, 3, 4), np.uint8)
    np.testing.assert_array_equal(with_channels(images, 3), images[..., :3])
    np.testing.assert_array_equal(with_channels(images, 1), with_channels(images[..., :3], 1))
