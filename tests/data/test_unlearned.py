"""Classes that no sample of the training set is of, counted by hand."""

import numpy as np

from nettool.data.column import Column, Part
from nettool.data.field import Field
from nettool.data.values.class_notes import unlearned

LABEL = Field("kind", "label", (), "int64", classes=("a", "b", "c"))


def part(*labels: int) -> Part:
    return Part({"kind": Column(np.array(labels, np.int64))})


def test_a_class_that_the_training_set_lacks_is_named_for_each_set_that_has_it() -> None:
    parts = {"train": part(0, 0), "validation": part(1), "test": part(0, 1, 2, 2)}
    assert list(unlearned((LABEL,), parts)) == [
        "the training set has no sample of the class `b` of `kind`: the network cannot learn it, but the "
        "validation set holds it",
        "the training set has no sample of the classes `b`, `c` of `kind`: the network cannot learn them, "
        "but the test set holds them",
    ]


def test_nothing_is_said_of_a_class_that_no_set_has() -> None:
    assert not list(unlearned((LABEL,), {"train": part(0, 1), "validation": Part({}), "test": part(1)}))
