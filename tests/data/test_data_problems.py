from typing import Any

import pytest
from data_requests import request_for

from nettool.data.builtin.catalogue import DATA_SETS
from nettool.data.problems import Problem, problems
from nettool.data.request import Derived

CIFAR10 = DATA_SETS["cifar10"].classes
PARITY = Derived("parity", "label", ("even", "odd") * 5)

SOUND: list[dict[str, Any]] = [
    {"dataset": "digits"},
    {"dataset": "cifar10", "classes": 6},
    {"dataset": "cifar10", "classes": 10},
    {"dataset": "cifar10", "classes": ("cat", "dog", 0)},
    {"dataset": "mnist", "classes": ("7",)},
    {"dataset": "mnist", "task": "pairs", "classes": ("7", 1), "limit": 2},
    {"dataset": "mnist", "pad": (32, 32), "channels": 3, "limit": 1},
    {"dataset": "mnist", "pad": (16, 16), "resize": (16, 16)},
    {"dataset": "mnist", "crop": (20, 20), "pad": (24, 24)},
    {"dataset": "mnist", "task": "pairs", "pairs_per_sample": 3},
    {"dataset": "mnist", "derive": (PARITY,), "normalize": {"image": "standard"}},
    {"dataset": "mnist", "task": "pairs", "derive": (Derived("alike", "same", (0.0, 1.0)),)},
]

BROKEN: list[tuple[dict[str, Any], list[Problem]]] = [
    (
        {"dataset": "mnist", "task": "sort"},
        [Problem(("task",), "there is no task `sort`", written="sort", choices=("classify", "pairs"))],
    ),
    ({"dataset": "mnist", "classes": 0}, [Problem(("classes",), "`classes` leaves 0 of mnist's classes")]),
    ({"dataset": "mnist", "classes": ()}, [Problem(("classes",), "`classes` leaves 0 of mnist's classes")]),
    ({"dataset": "mnist", "classes": 11}, [Problem(("classes",), "mnist has only 10 classes, not 11")]),
    (
        {"dataset": "mnist", "task": "pairs", "classes": 1},
        [Problem(("classes",), "`classes` leaves 1 of mnist's classes; pairs need two classes to differ")],
    ),
    (
        {"dataset": "cifar10", "classes": ("airplane", "aeroplane", 10, -1)},
        [
            Problem(("classes", 1), "cifar10 has no class `aeroplane`", written="aeroplane", choices=CIFAR10),
            Problem(("classes", 2), "cifar10 has no class 10", "its classes are numbered from 0 to 9"),
            Problem(("classes", 3), "cifar10 has no class -1", "its classes are numbered from 0 to 9"),
        ],
    ),
    (
        {"dataset": "cifar10", "classes": ("cat", 3, "dog", "cat")},
        [
            Problem(("classes", 1), "`classes` has 3 (`cat`) twice"),
            Problem(("classes", 3), "`classes` has `cat` twice"),
        ],
    ),
    ({"dataset": "mnist", "limit": 0}, [Problem(("limit",), "`limit` must be at least 1, not 0")]),
    (
        {"dataset": "mnist", "task": "pairs", "limit": 1},
        [Problem(("limit",), "`limit` must be at least 2, not 1")],
    ),
    (
        {"dataset": "mnist", "resize": (0, 5)},
        [Problem(("resize",), "the height in `resize` must be at least 1, not 0")],
    ),
    (
        {"dataset": "mnist", "resize": (5, -2)},
        [Problem(("resize",), "the width in `resize` must be at least 1, not -2")],
    ),
    (
        {"dataset": "mnist", "pad": (32, 20)},
        [
            Problem(
                ("pad",),
                "`pad` to 32×20 is smaller than the images of mnist, 28×28",
                "`pad` only adds black around an image; `resize` or `crop` makes it smaller",
            )
        ],
    ),
    (
        {"dataset": "mnist", "resize": (40, 40), "pad": (32, 32), "channels": 2},
        [
            Problem(
                ("pad",),
                "`pad` to 32×32 is smaller than the resized images, 40×40",
                "`pad` only adds black around an image; `resize` or `crop` makes it smaller",
            ),
            Problem(("channels",), "`channels` must be 1 (grey) or 3 (colour), not 2"),
        ],
    ),
    (
        {"dataset": "mnist", "crop": (20, 30)},
        [
            Problem(
                ("crop",),
                "`crop` to 20×30 is larger than the images of mnist, 28×28",
                "`crop` only keeps the middle of an image; `resize` or `pad` makes it larger",
            )
        ],
    ),
    (
        {"dataset": "mnist", "test_split": 1.0},
        [Problem(("test_split",), "`test_split` must be more than 0 and less than 1, not 1")],
    ),
    (
        {"dataset": "mnist", "pairs_per_sample": 3},
        [Problem(("pairs_per_sample",), "`pairs_per_sample` needs `task: pairs`")],
    ),
    (
        {
            "dataset": "mnist",
            "derive": (
                Derived("label", "label", ("a",) * 10),
                Derived("parity", "lable", ("a",) * 10),
                Derived("bright", "image", ("a",) * 10),
                Derived("short", "label", ("a", "b")),
            ),
        },
        [
            Problem(("derive", "label"), "there is a field `label` already", is_name=True),
            Problem(
                ("derive", "parity", "from"),
                "the data has no field `lable`",
                written="lable",
                choices=("image", "label"),
            ),
            Problem(
                ("derive", "bright", "from"), "`bright` is looked up by class, but `image` is not a label"
            ),
            Problem(
                ("derive", "short", "values"),
                "`short` has 2 values, but `label` has 10 classes",
                "its classes are 0, 1, 2, 3, 4, 5, 6, 7, 8, 9",
                is_name=True,
            ),
        ],
    ),
    (
        {"dataset": "mnist", "normalize": {"lable": "unit"}},
        [
            Problem(
                ("normalize", "lable"),
                "the data has no field `lable`",
                written="lable",
                choices=("image", "label"),
                is_name=True,
            )
        ],
    ),
    (
        {"dataset": "mnist", "normalize": {"image": "unti", "lable": "unit", "label": "unit"}},
        [
            Problem(
                ("normalize", "image"),
                "there is no normalization `unti`",
                written="unti",
                choices=("unit", "standard", "none"),
                is_name=True,
            ),
            Problem(("normalize", "lable"), "the data has no field `lable`", written="lable", is_name=True),
            Problem(("normalize", "label"), "`label` is a label, which is never normalized", is_name=True),
        ],
    ),
]


def found(options: dict[str, Any]) -> tuple[Problem, ...]:
    request = request_for(**options)
    return problems(request, request.source.statement())


@pytest.mark.parametrize("request_", SOUND, ids=str)
def test_a_sound_request_has_no_problems(request_: dict[str, Any]) -> None:
    assert found(request_) == ()


@pytest.mark.parametrize(("request_", "expected"), BROKEN, ids=lambda value: str(value)[:60])
def test_every_mistake_in_a_request_is_told_in_one_pass(
    request_: dict[str, Any], expected: list[Problem]
) -> None:
    assert list(found(request_)) == expected
