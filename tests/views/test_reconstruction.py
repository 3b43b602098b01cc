"""The picture of reconstructions: as many cells as images, and another picture when the images are others."""

import numpy as np
import pytest

from nettool.views.charts.reconstruction import draw_reconstructions

IMAGES = np.random.default_rng(0).random((4, 6, 8, 1))


def svg(wanted: np.ndarray, given: np.ndarray) -> str:
    return draw_reconstructions(wanted, given, "copies", ("svg",))["svg"].decode()


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_every_image_is_there_twice_wanted_above_and_given_below(channels: int) -> None:
    images = np.repeat(IMAGES, channels, axis=3)
    picture = svg(images, images[::-1])
    assert picture.count("<image ") == 8
    for word in ("copies", "target", "prediction"):
        assert f">{word}<" in picture


def test_the_picture_changes_with_what_the_network_gives_and_is_else_the_same() -> None:
    assert svg(IMAGES, IMAGES) == svg(IMAGES, IMAGES)
    assert svg(IMAGES, IMAGES) != svg(IMAGES, 1 - IMAGES)


def test_values_that_are_no_brightness_are_clipped() -> None:
    assert svg(IMAGES, np.full_like(IMAGES, 7.0)) == svg(IMAGES, np.ones_like(IMAGES))
