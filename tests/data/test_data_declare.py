import subprocess
import sys
from typing import Any

import pytest
from data_requests import declared

from nettool.data.field import Field
from nettool.data.request import Derived

DIGITS = tuple("0123456789")

DECLARED: list[tuple[dict[str, Any], tuple[Field, ...], dict[str, int]]] = [
    (
        {"dataset": "digits"},
        (
            Field("image", "image", (8, 8, 1), "uint8", highest=255.0),
            Field("label", "label", (), "int64", classes=DIGITS),
        ),
        {"train": 1_442, "test": 355},
    ),
    (
        {"dataset": "cifar10", "classes": ("dog", 0), "limit": 20_000, "resize": (64, 48), "channels": 1},
        (
            Field("image", "image", (64, 48, 1), "uint8", highest=255.0),
            Field("label", "label", (), "int64", classes=("dog", "airplane")),
        ),
        {"train": 20_000, "test": 10_000},
    ),
    (
        {"dataset": "mnist", "task": "pairs", "classes": 3, "pad": (32, 32)},
        (
            Field("left", "image", (32, 32, 1), "uint8", highest=255.0),
            Field("right", "image", (32, 32, 1), "uint8", highest=255.0),
            Field("same", "label", (), "int64", classes=("different", "same")),
            Field("difference", "label", (), "int64", classes=("0", "1", "2")),
        ),
        {"train": 60_000, "test": 10_000},
    ),
]


@pytest.mark.parametrize(("request_", "fields", "counts"), DECLARED, ids=["digits", "cifar10", "pairs"])
def test_a_request_declares_its_fields(
    request_: dict[str, Any], fields: tuple[Field, ...], counts: dict[str, int]
) -> None:
    declaration = declared(**request_)
    assert (declaration.fields, declaration.counts) == (fields, counts)


def test_padding_is_of_the_resized_image() -> None:
    image = declared("mnist", resize=(20, 20), pad=(24, 26), channels=3).fields[0]
    assert image.shape == (24, 26, 3)


def test_cropping_comes_between_resizing_and_padding() -> None:
    assert declared("mnist", resize=(40, 40), crop=(30, 30)).fields[0].shape == (30, 30, 1)
    assert declared("mnist", crop=(20, 20), pad=(24, 24)).fields[0].shape == (24, 24, 1)


def test_words_derive_a_label_and_numbers_a_vector() -> None:
    parity = Derived("parity", "label", ("even", "odd") * 5)
    roundness = Derived("roundness", "label", (1.0, 0.0, 0.5, 0.5, 0.0, 0.5, 1.0, 0.0, 1.0, 1.0))
    assert declared("mnist", derive=(parity, roundness)).fields[2:] == (
        Field("parity", "label", (), "int64", classes=("even", "odd")),
        Field("roundness", "vector", (1,), "float32"),
    )


def test_a_request_is_checked_and_declared_without_loading_numpy() -> None:
    code = "import nettool.data.declare, nettool.data.problems, sys; print('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
