"""New images go through the training's own steps, whatever their size and colours."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nettool.data.failure import DataError
from nettool.data.field import Field
from nettool.data.load import load
from nettool.data.place import Place
from nettool.data.prediction.image_steps import ImageSteps, image_steps
from nettool.data.prediction.input_field import InputField
from nettool.data.prediction.read_images import image_files
from nettool.data.request import DataRequest
from nettool.data.scale import fraction_of
from nettool.data.sources.arrays.array_files import ArrayFiles
from nettool.data.sources.built_in import BuiltIn

REQUESTS = [
    DataRequest(BuiltIn("digits")),
    DataRequest(BuiltIn("digits"), resize=(12, 10)),
    DataRequest(BuiltIn("digits"), crop=(6, 5)),
    DataRequest(BuiltIn("digits"), pad=(11, 12)),
    DataRequest(BuiltIn("digits"), channels=3),
    DataRequest(BuiltIn("digits"), resize=(16, 16), crop=(9, 12), pad=(20, 20), channels=3),
]


def wanted(request: DataRequest, shape: tuple[int, int, int]) -> InputField:
    field = Field("image", "image", shape, "uint8", 255.0)
    return InputField(field, fraction_of(255.0), image_steps(request, field), None)


@pytest.mark.parametrize("request_", REQUESTS)
def test_the_training_s_own_images_come_out_as_in_the_training(request_: DataRequest, tmp_path: Path) -> None:
    plain = load(DataRequest(BuiltIn("digits")), Place(), lambda _: None, progress=False).test.columns[
        "image"
    ]
    loaded = load(request_, Place(), lambda _: None, progress=False).test.columns["image"].array()[:9]
    paths = [str(tmp_path / f"{number}.png") for number in range(9)]
    for path, pixels in zip(paths, plain.array(), strict=False):
        Image.fromarray(np.asarray(pixels)[..., 0]).save(path)
    column, notes = image_files(paths, wanted(request_, loaded.shape[1:]), invert=False)
    np.testing.assert_array_equal(column.array(), loaded)
    assert bool(notes) == (request_.resize is not None)


@pytest.mark.parametrize(
    ("modes", "note"),
    [
        (["L", "L"], "all 2 images are resized from 5×4 to 8×8"),
        (["RGB", "L", "L"], "all 3 images are resized from 5×4 to 8×8, 1 of 3 images is made grey"),
        (["RGB"], "the image is resized from 5×4 to 8×8 and made grey"),
    ],
)
def test_what_is_changed_is_said_in_a_line(modes: list[str], note: str, tmp_path: Path) -> None:
    paths = [str(tmp_path / f"{number}.png") for number in range(len(modes))]
    for path, mode in zip(paths, modes, strict=True):
        Image.new(mode, (4, 5)).save(path)
    column, notes = image_files(paths, wanted(REQUESTS[0], (8, 8, 1)), invert=False)
    assert notes == (f"to be like those of the training, {note}",)
    assert column.array().shape == (len(modes), 8, 8, 1)


def test_inverting_comes_before_padding(tmp_path: Path) -> None:
    Image.new("L", (8, 8), 255).save(tmp_path / "white.png")
    column, _ = image_files([str(tmp_path / "white.png")], wanted(REQUESTS[3], (11, 12, 1)), invert=True)
    assert not column.array().any()


def test_bytes_for_a_network_of_fractions_are_scaled_as_fractions(tmp_path: Path) -> None:
    Image.new("L", (8, 8), 255).save(tmp_path / "white.png")
    field = Field("image", "image", (8, 8, 1), "float32", 1.0)
    own = InputField(field, fraction_of(0.5), image_steps(REQUESTS[0], field), None)
    column, _ = image_files([str(tmp_path / "white.png")], own, invert=False)
    assert column.scale == fraction_of(0.5 * 255)


def test_a_size_that_nobody_knows_any_more_is_not_guessed(tmp_path: Path) -> None:
    gone = DataRequest(ArrayFiles("gone.npz", (("train", (("", tmp_path / "gone.npz"),)),)), crop=(6, 6))
    steps = image_steps(gone, Field("image", "image", (6, 6, 1), "uint8", 255.0))
    assert steps == ImageSteps(None, 1, (6, 6), None, (6, 6, 1))
    assert steps.applied(np.zeros((2, 8, 8, 1), np.uint8), "a.png").shape == (2, 6, 6, 1)
    with pytest.raises(
        DataError, match=r"`a\.png` is 4×8 pixels, and the size of the images in the training"
    ):
        steps.applied(np.zeros((2, 4, 8, 1), np.uint8), "a.png")
