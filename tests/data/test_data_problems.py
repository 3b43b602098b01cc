from typing import Any

import pytest

from nettool.data.catalogue import DATA_SETS
from nettool.data.problems import Problem, problems
from nettool.data.request import DataRequest

CIFAR10 = DATA_SETS["cifar10"].classes

SOUND: list[dict[str, Any]] = [
    {"dataset": "digits"},
    {"dataset": "cifar10", "classes": 6},
    {"dataset": "cifar10", "classes": 10},
    {"dataset": "cifar10", "classes": ("cat", "dog", 0)},
    {"dataset": "mnist", "classes": ("7",)},
    {"dataset": "mnist", "task": "pairs", "classes": ("7", 1), "limit": 2},
    {"dataset": "mnist", "pad": (32, 32), "channels": 3, "limit": 1},
    {"dataset": "mnist", "pad": (16, 16), "resize": (16, 16)},
]

BROKEN: list[tuple[dict[str, Any], list[Problem]]] = [
    (
        {"dataset": "mnits"},
        [Problem("dataset", "there is no data set `mnits`", written="mnits", choices=tuple(DATA_SETS))],
    ),
    (
        {"dataset": "mnist", "task": "sort"},
        [Problem("task", "there is no task `sort`", written="sort", choices=("classify", "pairs"))],
    ),
    ({"dataset": "mnist", "classes": 0}, [Problem("classes", "`classes` leaves 0 of mnist's classes")]),
    ({"dataset": "mnist", "classes": ()}, [Problem("classes", "`classes` leaves 0 of mnist's classes")]),
    ({"dataset": "mnist", "classes": 11}, [Problem("classes", "mnist has only 10 classes, not 11")]),
    (
        {"dataset": "mnist", "task": "pairs", "classes": 1},
        [Problem("classes", "`classes` leaves 1 of mnist's classes; pairs need two classes to differ")],
    ),
    (
        {"dataset": "cifar10", "classes": ("airplane", "aeroplane", 10, -1)},
        [
            Problem(
                "classes", "cifar10 has no class `aeroplane`", index=1, written="aeroplane", choices=CIFAR10
            ),
            Problem("classes", "cifar10 has no class 10", "its classes are numbered from 0 to 9", 2),
            Problem("classes", "cifar10 has no class -1", "its classes are numbered from 0 to 9", 3),
        ],
    ),
    (
        {"dataset": "cifar10", "classes": ("cat", 3, "dog", "cat")},
        [
            Problem("classes", "`classes` has 3 (`cat`) twice", index=1),
            Problem("classes", "`classes` has `cat` twice", index=3),
        ],
    ),
    ({"dataset": "mnist", "limit": 0}, [Problem("limit", "`limit` must be at least 1, not 0")]),
    (
        {"dataset": "mnist", "task": "pairs", "limit": 1},
        [Problem("limit", "`limit` must be at least 2, not 1")],
    ),
    (
        {"dataset": "mnist", "resize": (0, 5)},
        [Problem("resize", "the height in `resize` must be at least 1, not 0", index=0)],
    ),
    (
        {"dataset": "mnist", "resize": (5, -2)},
        [Problem("resize", "the width in `resize` must be at least 1, not -2", index=1)],
    ),
    (
        {"dataset": "mnist", "pad": (32, 20)},
        [
            Problem(
                "pad",
                "`pad` to 32×20 is smaller than the images of mnist, 28×28",
                "`pad` only adds black around an image; `resize` makes it smaller",
                index=1,
            )
        ],
    ),
    (
        {"dataset": "mnist", "resize": (40, 40), "pad": (32, 32), "channels": 2},
        [
            Problem(
                "pad",
                "`pad` to 32×32 is smaller than the resized images, 40×40",
                "`pad` only adds black around an image; `resize` makes it smaller",
                index=0,
            ),
            Problem("channels", "`channels` must be 1 (grey) or 3 (colour), not 2"),
        ],
    ),
]


@pytest.mark.parametrize("request_", SOUND, ids=str)
def test_a_sound_request_has_no_problems(request_: dict[str, Any]) -> None:
    assert problems(DataRequest(**request_)) == ()


@pytest.mark.parametrize(("request_", "expected"), BROKEN, ids=lambda value: str(value)[:60])
def test_every_mistake_in_a_request_is_told_in_one_pass(
    request_: dict[str, Any], expected: list[Problem]
) -> None:
    assert list(problems(DataRequest(**request_))) == expected
