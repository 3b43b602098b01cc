"""What is noted of the names of classes."""

import pytest

from nettool.data.field import Field
from nettool.data.values.class_notes import class_notes


@pytest.mark.parametrize(
    ("classes", "notes"),
    [
        (("cat", "dog", "banana", "nano"), []),
        (
            ("NA", "cat"),
            ["the class `NA` of `kind` looks like a missing value: if so, leave out its samples"],
        ),
        (
            ("?", "None", "cat", "null"),
            [
                "the classes `?`, `None`, `null` of `kind` look like missing values: "
                "if so, leave out their samples"
            ],
        ),
        (
            ("FALSE", "False", "TRUE", "True"),
            [
                "classes of `kind` differ only in capitals or spaces: `FALSE` and `False`; `TRUE` and `True`",
            ],
        ),
    ],
)
def test_names_that_may_not_be_classes_are_noted(classes: tuple[str, ...], notes: list[str]) -> None:
    assert list(class_notes((Field("kind", "label", (), "int64", classes=classes),))) == notes
