import subprocess
import sys
from typing import Any

import pytest

from nettool.data.declare import Declaration, declare
from nettool.data.field import Field
from nettool.data.request import DataRequest

DIGITS = tuple("0123456789")

DECLARED: list[tuple[dict[str, Any], Declaration]] = [
    (
        {"dataset": "digits"},
        Declaration(
            (
                Field("image", "image", (8, 8, 1), "uint8", highest=255.0),
                Field("label", "label", (), "int64", classes=DIGITS),
            ),
            {"train": 1_442, "test": 355},
            (8, 8, 1),
            DIGITS,
        ),
    ),
    (
        {"dataset": "cifar10", "classes": ("dog", 0), "limit": 20_000, "resize": (64, 48), "channels": 1},
        Declaration(
            (
                Field("image", "image", (64, 48, 1), "uint8", highest=255.0),
                Field("label", "label", (), "int64", classes=("dog", "airplane")),
            ),
            {"train": 20_000, "test": 10_000},
            (64, 48, 1),
            ("dog", "airplane"),
        ),
    ),
    (
        {"dataset": "mnist", "task": "pairs", "classes": 3, "pad": (32, 32)},
        Declaration(
            (
                Field("left", "image", (32, 32, 1), "uint8", highest=255.0),
                Field("right", "image", (32, 32, 1), "uint8", highest=255.0),
                Field("same", "label", (), "int64", classes=("different", "same")),
                Field("difference", "label", (), "int64", classes=("0", "1", "2")),
            ),
            {"train": 60_000, "test": 10_000},
            (32, 32, 1),
            ("0", "1", "2"),
        ),
    ),
]


@pytest.mark.parametrize(("request_", "expected"), DECLARED, ids=["digits", "cifar10", "pairs"])
def test_a_request_declares_its_fields(request_: dict[str, Any], expected: Declaration) -> None:
    assert declare(DataRequest(**request_)) == expected


def test_padding_is_of_the_resized_image() -> None:
    request = DataRequest("mnist", resize=(20, 20), pad=(24, 26), channels=3)
    assert declare(request).image_shape == (24, 26, 3)


def test_a_request_is_checked_and_declared_without_loading_numpy() -> None:
    code = "import nettool.data.declare, nettool.data.problems, sys; print('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
