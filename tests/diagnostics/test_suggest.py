"""Suggestions: near names are found, far ones are not."""

import pytest

from nettool.diagnostics.suggest import did_you_mean, listing, nearest

LAYERS = (
    "Dense",
    "Conv2D",
    "Conv2DTranspose",
    "MaxPooling2D",
    "AveragePooling2D",
    "Flatten",
    "Dropout",
    "Add",
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("dense", "Dense"),
        ("Dnese", "Dense"),
        ("conv2d", "Conv2D"),
        ("max_pooling_2d", "MaxPooling2D"),
        ("MaxPoling2D", "MaxPooling2D"),
        ("Flaten", "Flatten"),
        ("Ad", "Add"),
        ("Conv4D", "Conv2D"),
        ("Transmogrifier", None),
        ("x", None),
        ("", None),
    ],
)
def test_the_name_that_was_meant(written: str, meant: str | None) -> None:
    assert nearest(written, LAYERS) == meant


def test_what_was_written_is_not_proposed() -> None:
    assert did_you_mean("lenet.yml", ["lenet.yaml"]) == "did you mean `lenet.yaml`?"
    assert did_you_mean("lenet.yaml", ["lenet.yaml"]) is None


def test_a_long_listing_is_cut_and_counted() -> None:
    assert listing("abc") == "`a`, `b`, `c`"
    assert listing((str(n) for n in range(15)), at_most=3) == "`0`, `1`, `2` and 12 more"


def test_of_names_equally_near_the_one_with_the_nearest_digits_is_meant() -> None:
    assert nearest("Conv4D", ["Conv1D", "Conv2D", "Conv3D"]) == "Conv3D"
    assert nearest("L3", ["L1", "L1L2", "L2"]) == "L2"
    assert nearest("abd", ["abc", "abe"]) == "abc"
