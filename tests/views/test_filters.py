"""Pictures of kernels: a tile for each, colours that say the weights' signs, numbers of what is left out."""

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from svg_tiles import SVG, tiles, words

from nettool.views.inspect.filters import draw_filters, draw_weight_matrix
from nettool.views.inspect.kernel import Kernels, WeightMatrix, chosen, whole_kernels

RANDOM = np.random.default_rng(0)
EDGE = np.array([[-1.0, -1, -1], [0, 0, 0], [1, 1, 1]])


def kernels(values: NDArray[np.floating], **changes: object) -> Kernels:
    limit = float(np.abs(values).max())
    whole = whole_kernels("conv_2", "Conv2D", "kernel", "pool_1", values, limit)
    return replace(whole, **changes)  # type: ignore[arg-type]


def svg(given: Kernels) -> bytes:
    return draw_filters(given, "net", ("svg",))["svg"]


def test_an_edge_kernel_is_blue_above_white_in_between_and_red_below() -> None:
    tile = tiles(svg(kernels(EDGE[:, :, np.newaxis, np.newaxis])))["unit_0"].astype(int)
    assert tile.shape == (3, 3, 3)
    red, green, blue = tile[..., 0], tile[..., 1], tile[..., 2]
    assert (blue[0] > red[0] + 50).all()
    assert (tile[1] == 255).all()
    assert (red[2] > blue[2] + 50).all()
    assert (green[2] < 100).all()


def test_equal_weights_of_different_sign_are_equally_strong_in_colour() -> None:
    values = np.linspace(-1, 1, 9).reshape(3, 3, 1, 1)
    tile = tiles(svg(kernels(values)))["unit_0"].reshape(9, 3).astype(int)
    darkness = 255 - tile.min(axis=1)
    np.testing.assert_allclose(darkness, darkness[::-1], atol=45)
    assert (np.diff(darkness[4:]) > 0).all()


@pytest.mark.parametrize(("units", "channels"), [(8, 1), (12, 8), (1, 16), (5, 3)])
def test_there_is_a_tile_for_each_kernel_and_a_number_for_each_unit_and_channel(
    units: int, channels: int
) -> None:
    picture = svg(kernels(RANDOM.normal(size=(3, 5, channels, units))))
    found = tiles(picture)
    found.pop("scale")
    assert len(found) == units * channels
    assert {tile.shape for tile in found.values()} == {(3, 5, 3)}
    said = words(picture)
    for number in range(units if units > 1 else channels):
        assert f"{number}" in said
    assert "net: filters of conv_2" in said


def test_the_picture_has_a_title_for_those_who_do_not_see_it() -> None:
    title = ElementTree.fromstring(svg(kernels(np.ones((3, 3, 1, 1))))).find(f"{SVG}title")
    assert title is not None
    assert title.text == "net: filters of conv_2. Conv2D, 3×3, of pool_1, 1 unit"


def test_each_tile_stands_for_its_own_channel_and_unit() -> None:
    values = np.zeros((3, 3, 2, 3))
    values[:, :, 1, 2] = EDGE
    found = tiles(svg(kernels(values)))
    found.pop("scale")
    coloured = [name for name, tile in found.items() if (tile != 255).any()]
    assert coloured == ["unit_2_channel_1"]


def test_kernels_of_a_colour_image_are_the_colours_that_they_add() -> None:
    values = np.zeros((1, 2, 3, 1))
    values[0, 0, :, 0] = (1, 0, -1)
    picture = svg(kernels(values, is_colour=True))
    tile = tiles(picture)["unit_0"]
    assert tile[0, 0].tolist() == [255, 128, 0]
    assert tile[0, 1].tolist() == [128, 128, 128]
    assert "weight (middle grey is 0; one scale for all)" in words(picture)


def test_the_picture_changes_with_the_weights_and_is_else_the_same() -> None:
    values = RANDOM.normal(size=(3, 3, 2, 4))
    assert svg(kernels(values)) == svg(kernels(values))
    assert svg(kernels(values)) != svg(kernels(values + 0.1))


def test_only_so_many_are_shown_and_it_is_said_of_how_many() -> None:
    few = chosen(kernels(RANDOM.normal(size=(3, 3, 40, 100))), None, None)
    assert (len(few.channels), len(few.units)) == (16, 24)
    assert "Conv2D, 3×3, 16 of 40 channels of pool_1 (rows), 24 of 100 units (columns)" in words(svg(few))
    flat = chosen(kernels(RANDOM.normal(size=(3, 3, 1, 100))), None, None)
    assert "Conv2D, 3×3, of pool_1, 64 of 100 units" in words(svg(flat))


def test_chosen_units_and_channels_keep_their_numbers_and_the_scale_of_all() -> None:
    whole = kernels(RANDOM.normal(size=(3, 3, 40, 100)))
    few = chosen(whole, [99, 7], [39])
    np.testing.assert_array_equal(few.values[:, :, 0, 1], whole.values[:, :, 39, 7])
    assert few.limit == whole.limit
    assert set(tiles(svg(few))) == {"unit_99_channel_39", "unit_7_channel_39", "scale"}


@pytest.mark.parametrize(
    ("units", "channels", "message"),
    [
        ([12], None, "there is no unit 12: they are 0 to 11"),
        (None, [8], "there is no channel 8: they are 0 to 7"),
    ],
)
def test_numbers_that_there_are_not_are_refused(
    units: list[int] | None, channels: list[int] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        chosen(kernels(np.ones((3, 3, 8, 12))), units, channels)


def test_more_tiles_than_a_picture_holds_are_refused() -> None:
    with pytest.raises(ValueError, match="more than 4,096 tiles"):
        chosen(kernels(np.ones((1, 2, 100, 100))), range(100), range(100))


def test_weights_that_are_no_numbers_stand_out() -> None:
    values = np.ones((3, 3, 1, 1))
    values[0, 0] = np.nan
    tile = tiles(svg(kernels(values, limit=1.0)))["unit_0"]
    assert tile[0, 0].tolist() == [255, 221, 0]
    assert tile[1, 1].tolist() != [255, 221, 0]


def test_a_matrix_has_a_cell_for_each_weight() -> None:
    matrix = WeightMatrix("fc", "Dense", "kernel", EDGE, "number of flat", "unit of fc")
    picture = draw_weight_matrix(matrix, "net", ("svg",))["svg"]
    shown = tiles(picture)["matrix"].astype(int)
    assert shown.shape == (3, 3, 3)
    assert (shown[1] == 255).all()
    assert (shown[2, :, 0] > shown[2, :, 2]).all()
    for word in ("net: weights of fc", "Dense, 3 × 3", "number of flat", "unit of fc", "−1", "+1"):
        assert word in words(picture)
