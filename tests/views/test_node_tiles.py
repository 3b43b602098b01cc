"""What nodes give, as small pictures for a page: their pixels are the values, whatever their shape."""

import json
from base64 import b64decode
from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from nettool.data.field import Field
from nettool.views.inspect.colour_scale import NOT_A_NUMBER, ColourScale
from nettool.views.inspect.node_tiles import answered, input_tile, node_tile
from nettool.views.inspect.thumbnails import Thumbnail
from nettool.views.page.sample_tiles import SampleTiles, Tile, tiles_as_json
from nettool.views.predictions.prediction import ClassAnswer, ImageAnswer, NumbersAnswer, Ranked

RANDOM = np.random.default_rng(0)


def pixels(tile: Tile) -> NDArray[np.uint8]:
    image = Image.open(BytesIO(b64decode(tile.png)))
    assert image.size == tile.size
    return np.asarray(image.convert("RGBA"))


def drawn(values: NDArray[np.generic], side: int = 32) -> Tile:
    return node_tile("node", "Conv2D", values, (), side)


def test_maps_stand_side_by_side_on_one_scale_with_nothing_between_them() -> None:
    values = RANDOM.normal(size=(5, 4, 20))
    tile = drawn(values)
    limit = float(np.abs(values[:, :, :8]).max())
    shown = pixels(tile)
    for channel in range(8):
        top, left = channel // 4 * 6, channel % 4 * 5
        expected = ColourScale("diverging", limit).pixels(values[:, :, channel])
        np.testing.assert_array_equal(shown[top : top + 5, left : left + 4, :3], expected)
    assert (shown[5, :, 3] == 0).all() and (shown[:, 4, 3] == 0).all()
    assert (shown[:5, :4, 3] == 255).all()
    words = f"Channels 0 to 7 of 20, 5×4 each. From −{limit:.4g} (blue) over 0 (white) to +{limit:.4g} (red)."
    assert tile.words == words


def test_large_maps_are_means_and_the_words_say_of_what() -> None:
    tile = drawn(np.ones((64, 64, 2)), side=8)
    assert tile.size == (17, 8)
    assert tile.words == (
        "Channels 0 to 1, 64×64 each, a pixel is the mean of 8×8. From 0 (white) to 1 (blue)."
    )


@pytest.mark.parametrize(
    ("shape", "size", "words"),
    [
        ((6, 3), (6, 3), "6 steps from left to right, 3 numbers each."),
        ((300, 64), (100, 32), "300 steps from left to right, 64 numbers each, a pixel is the mean of 2×3."),
        ((200,), (20, 10), "200 numbers, 20 in a row, as text runs."),
        ((9000,), (91, 46), "The first 4,096 of 9,000 numbers, 91 in a row, as text runs."),
        ((4, 4, 1), (4, 4), "Channel 0, 4×4 each."),
        ((2, 3, 4, 5), (19, 7), "Slices of channels 0 to 7 of 10, 3×4 each."),
    ],
)
def test_every_shape_has_its_picture(shape: tuple[int, ...], size: tuple[int, int], words: str) -> None:
    tile = drawn(np.ones(shape))
    assert (tile.size, tile.words) == (size, f"{words} From 0 (white) to 1 (blue).")
    pixels(tile)


def test_few_numbers_are_bars_with_their_names_and_gaps_where_they_are_not_finite() -> None:
    tile = node_tile("digit", "Dense", np.float32([0.123456, -2, np.nan]), ("a", "b", "c"), 32)
    assert (tile.bars, tile.names, tile.png) == ((0.1235, -2.0, None), ("a", "b", "c"), "")
    json.dumps(tiles_as_json([SampleTiles("s", tiles={"digit": tile})]), allow_nan=False)


def test_what_is_not_finite_has_a_colour_of_its_own() -> None:
    values = np.ones((2, 2, 1))
    values[0, 1, 0] = np.inf
    assert pixels(drawn(values))[0, 1, :3].tolist() == list(NOT_A_NUMBER)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (np.array(["a", "b"]), "It gives no numbers, so there is no picture."),
        (np.zeros((0, 4)), "It gives nothing for this sample."),
    ],
)
def test_a_node_without_a_picture_says_why(values: NDArray[np.generic], words: str) -> None:
    assert drawn(values) == Tile(words)


def test_an_input_shows_its_image_or_its_words() -> None:
    image = Field("photo", "image", (6, 4, 3), "uint8", 255.0)
    shown = input_tile(image, Thumbnail((np.full((6, 4, 3), 0.5),)), 32)
    assert shown is not None and (pixels(shown)[:, :, :3] == 128).all()
    text = Field("title", "sequence", (None,), "int64")
    assert input_tile(text, Thumbnail(lines=("3 1", "4")), 32) == Tile("title: 3 1 4")
    assert input_tile(Field("row", "vector", (3,), "float32"), Thumbnail(lines=("1 2 3",)), 32) is None


def test_an_output_says_its_answer() -> None:
    bars = Tile("2 numbers.", bars=(0.9, 0.1))
    classes = ClassAnswer((Ranked("cat", 0.9), Ranked("dog", 0.1)), are_probabilities=True)
    assert answered(bars, classes, 32).answer == "cat (90.0%), dog (10.0%)"
    assert answered(bars, NumbersAnswer(np.array([12.5])), 32).answer == "12.5"
    image = answered(bars, ImageAnswer(np.full((4, 4, 1), 7, np.uint8)), 32)
    assert (pixels(image)[:, :, :3] == 7).all()
