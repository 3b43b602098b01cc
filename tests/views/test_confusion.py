import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix as sklearn_confusion_matrix

from nettool.views.confusion import confusion_matrix, draw_confusion

SVG = "{http://www.w3.org/2000/svg}"


def words(svg: bytes) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=60))
def test_the_matrix_is_scikit_learns(pairs: list[tuple[int, int]]) -> None:
    true, predicted = zip(*pairs, strict=True)
    expected = sklearn_confusion_matrix(true, predicted, labels=range(5))
    np.testing.assert_array_equal(confusion_matrix(true, predicted, 5), expected)


def test_no_samples_give_zeros() -> None:
    np.testing.assert_array_equal(confusion_matrix([], [], 2), np.zeros((2, 2)))


@pytest.mark.parametrize(
    ("true", "predicted", "message"),
    [
        ([0, 1], [0], "2 true classes, but 1"),
        ([0, 2], [0, 1], "from 0 to 1"),
        ([0, 1], [-1, 1], "from 0 to 1"),
    ],
)
def test_classes_that_cannot_be_counted_are_refused(
    true: list[int], predicted: list[int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        confusion_matrix(true, predicted, 2)


def test_the_picture_holds_every_count_every_class_and_the_title() -> None:
    matrix = np.array([[101, 12, 0], [13, 0, 14], [15, 0, 102]])
    said = words(draw_confusion(matrix, ("cat", "dog", "$frog$"), "on the test set", ("svg",))["svg"])
    for word in ("cat", "dog", "$frog$"):
        assert said.count(word) == 2
    for word in ("on the test set", "true", "predicted", "101", "12", "13", "0", "14", "15", "102"):
        assert word in said


def test_cells_where_no_mistake_was_made_are_empty() -> None:
    said = words(draw_confusion(np.diag([5, 6, 7]), ("a", "b", "c"), forms=("svg",))["svg"])
    assert "0" not in said


def test_a_class_without_samples_does_no_harm() -> None:
    assert "0" in words(draw_confusion(np.diag([5, 0]), ("a", "b"), forms=("svg",))["svg"])


def test_many_classes_are_named_but_not_counted() -> None:
    said = words(draw_confusion(np.eye(30, dtype=np.int64) * 777, forms=("svg",))["svg"])
    assert "777" not in said
    assert said.count("29") == 2


def test_the_same_matrix_gives_the_same_bytes() -> None:
    matrix = np.array([[3, 1], [0, 4]])
    assert draw_confusion(matrix) == draw_confusion(matrix)
