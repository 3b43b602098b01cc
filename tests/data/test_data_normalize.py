"""What a network gets of a field, held against NumPy over the whole training part at once."""

import numpy as np
import pytest

from nettool.data.column import Column
from nettool.data.field import Field
from nettool.data.request import Normalization
from nettool.data.scale import AS_STORED, Scale
from nettool.data.transforms.normalize import scales

IMAGES = np.random.default_rng(0).integers(0, 256, (2_500, 4, 5, 3), dtype=np.uint8)
ROWS = np.random.default_rng(1).normal(1e6, 3.0, (2_500, 4)).astype(np.float32)
ROWS[:, 2] = 7.0

IMAGE = Field("image", "image", (4, 5, 3), "uint8", highest=255.0)
VECTOR = Field("vector", "vector", (4,), "float32")
LABEL = Field("label", "label", (), "int64", classes=("a", "b"))
COLUMNS = {"image": Column(IMAGES), "vector": Column(ROWS), "label": Column(np.zeros(2_500, np.int64))}


def scale_of(field: Field, wanted: Normalization | None) -> Scale:
    return scales((field,), {} if wanted is None else {field.name: wanted}, COLUMNS)[field.name]


def test_images_become_fractions_and_all_else_stays_unless_something_is_wanted() -> None:
    assert scale_of(IMAGE, None) == scale_of(IMAGE, "unit") == Scale((0.0,), (255.0,))
    assert scale_of(VECTOR, None) == scale_of(IMAGE, "none") == scale_of(LABEL, "standard") == AS_STORED


def test_standard_is_mean_and_deviation_of_each_channel() -> None:
    scale = scale_of(IMAGE, "standard")
    pixels = IMAGES.reshape(-1, 3).astype(np.float64)
    np.testing.assert_allclose(scale.shift, pixels.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(scale.divisor, pixels.std(axis=0), rtol=1e-12)


def test_standard_keeps_a_small_deviation_beside_a_large_mean_and_only_shifts_what_never_changes() -> None:
    scale = scale_of(VECTOR, "standard")
    rows = ROWS.astype(np.float64)
    np.testing.assert_allclose(scale.shift, rows.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(np.delete(scale.divisor, 2), np.delete(rows.std(axis=0), 2), rtol=1e-9)
    assert scale.divisor[2] == 1.0


@pytest.mark.parametrize("wanted", ["standard", "unit"])
def test_a_number_that_never_changes_is_shifted_to_zero_alone(wanted: Normalization) -> None:
    column = Column(np.full((1_000, 1), 0.1))
    assert scales((VECTOR,), {"vector": wanted}, {"vector": column})["vector"] == Scale((0.1,), (1.0,))


def test_unit_spreads_numbers_from_their_least_to_their_greatest() -> None:
    scale = scale_of(VECTOR, "unit")
    scaled = (ROWS - np.array(scale.shift)) / np.array(scale.divisor)
    np.testing.assert_allclose(scaled.min(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(scaled.max(axis=0), [1, 1, 0, 1], atol=1e-9)


@pytest.mark.parametrize("rows", [[5, 1, 9], list(range(0, 2_500, 3))], ids=["few", "many"])
def test_only_the_rows_of_the_part_count(rows: list[int]) -> None:
    part = {"image": Column(IMAGES).take(np.array(rows))}
    scale = scales((IMAGE,), {"image": "standard"}, part)["image"]
    np.testing.assert_allclose(scale.shift, IMAGES[rows].reshape(-1, 3).mean(axis=0), rtol=1e-12)
