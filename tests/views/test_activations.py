"""Pictures of what layers give: a tile for each channel, a bar for each number, one scale for each layer."""

import numpy as np
import pytest
from numpy.typing import NDArray
from svg_tiles import tiles, words

from nettool.views.inspect.activations import draw_activations
from nettool.views.inspect.layer_maps import LayerMaps, LayerNumbers, LayerSteps, Shown, shown
from nettool.views.inspect.thumbnails import Thumbnail

RANDOM = np.random.default_rng(0)
FACE = Thumbnail((np.linspace(0, 1, 64).reshape(8, 8, 1),))


def svg(*layers: Shown) -> bytes:
    return draw_activations(layers, FACE, "sample 3\nlabel: 7", "net", "of a run", ("svg",))["svg"]


def maps(values: NDArray[np.floating], node: str = "conv") -> Shown:
    return shown(node, "Conv2D", values)


@pytest.mark.parametrize("channels", [1, 8, 12, 64])
def test_each_channel_is_a_map_beside_the_sample(channels: int) -> None:
    picture = svg(maps(RANDOM.normal(size=(6, 5, channels))))
    found = tiles(picture)
    assert found.pop("sample").shape == (8, 8, 3)
    found.pop("conv_scale")
    assert list(found) == [f"conv_{channel}" for channel in range(channels)]
    assert {tile.shape for tile in found.values()} == {(6, 5, 3)}
    assert {"net", "of a run", "sample 3", "label: 7", "conv", f"Conv2D (6, 5, {channels})"} <= set(
        words(picture)
    )


def test_a_map_shows_where_a_channel_answers() -> None:
    values = np.zeros((4, 4, 2))
    values[1, 2, 1] = 3.0
    found = tiles(svg(maps(values)))
    lit = found["conv_1"].astype(int).sum(axis=2)
    assert np.argwhere(lit < lit.max()).tolist() == [[1, 2]]
    assert len(np.unique(found["conv_0"].reshape(-1, 3), axis=0)) == 1


def test_numbers_below_zero_make_the_scale_symmetric_about_it() -> None:
    above = words(svg(maps(np.array([[[0.0], [2.0]]]))))
    assert "2" in above
    assert "−2" not in above
    both = words(svg(maps(np.array([[[-4.0], [2.0]]]))))
    assert "−4" in both
    assert "+4" in both
    tile = tiles(svg(maps(np.array([[[-4.0], [0.0], [2.0]]]))))["conv_0"][0].astype(int)
    assert tile[0, 2] > tile[0, 0]
    assert tile[1].tolist() == [255, 255, 255]
    assert tile[2, 0] > tile[2, 2]


def test_layers_stand_side_by_side_and_have_scales_of_their_own() -> None:
    picture = svg(maps(np.full((2, 2, 3), 5.0), "one"), maps(np.full((2, 2, 2), 0.5), "two"))
    assert {"one_scale", "two_scale"} <= set(tiles(picture))
    assert {"5", "0.5"} <= set(words(picture))


def test_a_vector_is_a_bar_for_each_number_with_its_class_where_it_has_one() -> None:
    said = words(svg(shown("digit", "Dense", np.array([0.25, -1.5, 0.0]), ("cat", "dog", "frog"))))
    assert said[-6:] == ["cat", "0.25", "dog", "-1.5", "frog", "0"]
    assert "Dense, 3 numbers" in said


def test_a_long_vector_is_a_strip_in_rows() -> None:
    found = tiles(svg(shown("fc", "Dense", RANDOM.normal(size=50))))
    found.pop("sample")
    found.pop("fc_scale")
    assert {name: tile.shape[1] for name, tile in found.items()} == {
        "fc_0": 16,
        "fc_16": 16,
        "fc_32": 16,
        "fc_48": 2,
    }


def test_a_sequence_is_steps_across_and_numbers_down() -> None:
    picture = svg(shown("memory", "GRU", RANDOM.normal(size=(20, 7))))
    assert tiles(picture)["memory"].shape == (7, 20, 3)
    assert "GRU, 20 steps (across) of 7 numbers (down)" in words(picture)


def test_what_is_more_than_an_image_is_cut_into_slices() -> None:
    values = RANDOM.normal(size=(3, 4, 5, 2))
    found = shown("solid", "Conv3D", values)
    assert isinstance(found, LayerMaps)
    assert found.values.shape == (4, 5, 6)
    np.testing.assert_array_equal(found.values[:, :, 4], values[1, :, :, 1])


def test_a_large_map_is_drawn_by_the_means_of_squares() -> None:
    values = RANDOM.normal(size=(200, 257, 1))
    found = shown("x", "Conv2D", values)
    assert isinstance(found, LayerMaps)
    assert found.values.shape == (67, 86, 1)
    assert found.values[3, 4, 0] == pytest.approx(values[9:12, 12:15, 0].mean())
    assert found.values[66, 85, 0] == pytest.approx(values[198:, 255:, 0].mean())
    assert "Conv2D (200, 257, 1), means of 3×3" in words(svg(found))


def test_one_number_and_many_channels() -> None:
    assert isinstance(shown("x", "Dense", np.array(3.0)), LayerNumbers)
    assert isinstance(shown("x", "LSTM", np.zeros((4, 2))), LayerSteps)
    many = shown("x", "Conv2D", np.zeros((2, 2, 100)))
    assert isinstance(many, LayerMaps)
    assert len(many.channels) == 64
    assert "Conv2D (2, 2, 100), 64 of 100 channels" in words(svg(many))
    few = shown("x", "Conv2D", np.zeros((2, 2, 100)), channels=[99, 3])
    assert isinstance(few, LayerMaps)
    assert few.channels == (99, 3)
    with pytest.raises(ValueError, match="`x` has no channel 100: they are 0 to 99"):
        shown("x", "Conv2D", np.zeros((2, 2, 100)), channels=[100])


def test_the_picture_changes_with_what_the_layer_gives_and_is_else_the_same() -> None:
    values = RANDOM.normal(size=(6, 6, 4))
    assert svg(maps(values)) == svg(maps(values))
    assert svg(maps(values)) != svg(maps(values + 0.5))
