from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nettool.data.failure import DataError
from nettool.data.field import Field
from nettool.data.load import load
from nettool.data.place import Place
from nettool.data.request import DataRequest
from nettool.data.sources.random_part import random_part
from nettool.data.sources.random_values import RandomValues

FIELDS = (
    Field("image", "image", (6, 5, 3), "uint8", 255.0),
    Field("label", "label", (), "int64", classes=("a", "b", "c")),
    Field("vector", "vector", (4,), "float32"),
    Field("tokens", "sequence", (None,), "int32", 99.0),
)
SOURCE = RandomValues(FIELDS, 50)


def test_it_states_what_was_declared() -> None:
    statement = SOURCE.statement()
    assert (statement.fields, statement.counts) == (FIELDS, {"train": 50})


def test_it_reads_the_same_random_part_each_time() -> None:
    expected = random_part(FIELDS, 50, seed=0)
    for _ in range(2):
        contents = SOURCE.read(Place(offline=True), lambda line: None, progress=False)
        assert (list(contents.parts), contents.files, contents.notes) == (["train"], (), ())
        for name, column in contents.parts["train"].columns.items():
            np.testing.assert_array_equal(column.array(), expected.columns[name].array())


def test_a_run_holds_its_test_part_out_and_resizes(said: list[str], say: Any) -> None:
    request = DataRequest(SOURCE, resize=(8, 8), classes=2)
    loaded = load(request, Place(offline=True), say, progress=False)
    assert loaded.train.columns["image"].array().shape[1:] == (8, 8, 3)
    count = len(loaded.train) + len(loaded.test)
    assert count == (random_part(FIELDS, 50, seed=0).columns["label"].array() < 2).sum()
    share = "20%, the same share of each class"
    assert said == [
        f"the random data has no test set: {len(loaded.test)} samples ({share}) become the test set"
    ]


def test_the_facts_are_the_section_that_declares_it() -> None:
    assert SOURCE.facts() == {
        "random": {
            "image": {"kind": "image", "shape": [6, 5, 3], "dtype": "uint8", "highest": 255.0},
            "label": {"kind": "label", "dtype": "int64", "classes": ["a", "b", "c"]},
            "vector": {"kind": "vector", "shape": [4], "dtype": "float32", "highest": 1.0},
            "tokens": {"kind": "sequence", "shape": [None], "dtype": "int32", "highest": 99.0},
        },
        "samples": 50,
    }


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (replace(SOURCE, samples=0), "the random data has 0 samples\n  expected: at least 1"),
        (
            RandomValues((Field("x", "image", (2, 2, 1), "uint8", 256.0),), 5),
            "the highest value of `x`, 256, does not go into uint8\n  expected: from 0 to 255",
        ),
        (
            RandomValues((Field("x", "sequence", (None,), "int8", 128.0),), 5),
            "the highest value of `x`, 128, does not go into int8\n  expected: from 0 to 127",
        ),
        (
            RandomValues((Field("x", "vector", (10**23,), "float32"),), 5),
            f"`x` has {5 * 10**23:,} values in 5 samples, more than any memory holds\n"
            "  expected: a smaller `shape`, or fewer `samples`",
        ),
        (
            RandomValues((Field("x", "sequence", (None,), "int8"),), 10**21),
            f"`x` has {10**21:,} values in {10**21:,} samples, more than any memory holds\n"
            "  expected: a smaller `shape`, or fewer `samples`",
        ),
    ],
)
def test_what_cannot_be_drawn_is_told(source: RandomValues, told: str) -> None:
    with pytest.raises(DataError) as error:
        source.statement()
    assert str(error.value) == told
