import numpy as np

from nettool.data.field import Field
from nettool.data.sources.random_part import random_part

FIELDS = (
    Field("image", "image", (8, 6, 3), "uint8", highest=255.0),
    Field("label", "label", (), "int64", classes=("a", "b", "c")),
    Field("grade", "label", (), "int32", highest=4.0),
    Field("vector", "vector", (20,), "float32"),
    Field("tokens", "vector", (None,), "int32", highest=999.0),
    Field("bright", "image", (None, 4, 1), "float32", highest=2.0),
)
PART = random_part(FIELDS, 2_000, seed=1)
VALUES = {name: column.array() for name, column in PART.columns.items()}


def test_shapes_and_kinds_are_those_of_the_fields_and_an_unknown_length_is_12() -> None:
    assert {name: (values.shape, str(values.dtype)) for name, values in VALUES.items()} == {
        "image": ((2_000, 8, 6, 3), "uint8"),
        "label": ((2_000,), "int64"),
        "grade": ((2_000,), "int32"),
        "vector": ((2_000, 20), "float32"),
        "tokens": ((2_000, 12), "int32"),
        "bright": ((2_000, 12, 4, 1), "float32"),
    }


def test_whole_numbers_cover_their_range_and_nothing_else() -> None:
    assert np.unique(VALUES["image"]).tolist() == list(range(256))
    assert np.unique(VALUES["label"]).tolist() == [0, 1, 2]
    assert np.unique(VALUES["grade"]).tolist() == [0, 1, 2, 3, 4]
    assert np.unique(VALUES["tokens"]).tolist() == list(range(1_000))


def test_fractions_are_normal_in_vectors_and_even_in_images() -> None:
    vector, bright = VALUES["vector"], VALUES["bright"]
    assert abs(vector.mean()) < 0.02
    assert abs(vector.std() - 1) < 0.02
    assert bright.min() >= 0
    assert 1.99 < bright.max() <= 2
    assert abs(bright.mean() - 1) < 0.02


def test_the_seed_decides_the_values() -> None:
    again, other = random_part(FIELDS, 2_000, seed=1), random_part(FIELDS, 2_000, seed=2)
    for name, values in VALUES.items():
        np.testing.assert_array_equal(again.columns[name].array(), values)
        assert not np.array_equal(other.columns[name].array(), values)
