import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix as sklearn_confusion_matrix

from nettool.views.charts.confusion import count_confusions, draw_confusion

SVG = "{http://www.w3.org/2000/svg}"


def words(svg: bytes) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=60))
def test_the_matrix_is_scikit_learns(pairs: list[tuple[int, int]]) -> None:
    true, predicted = zip(*pairs, strict=True)
    expected = sklearn_confusion_matrix(true, predicted, labels=range(5))
    np.testing.assert_array_equal(count_confusions(true, predicted, 5).matrix, expected)


def test_no_samples_give_zeros() -> None:
    np.testing.assert_array_equal(count_confusions([], [], 2).matrix, np.zeros((2, 2)))


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
        count_confusions(true, predicted, 2)


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


def test_the_pairs_most_often_confused_come_first() -> None:
    found = count_confusions([0, 0, 2, 2, 2, 1], [1, 0, 1, 1, 2, 0], 1_000_000).mistakes
    pairs = zip(found.true.tolist(), found.predicted.tolist(), found.counts.tolist(), strict=True)
    assert list(pairs) == [(2, 1, 2), (0, 1, 1), (1, 0, 1)]


@pytest.mark.parametrize("count", [300, 1000])
def test_names_of_hundreds_of_classes_are_thinned_and_cut_until_they_can_be_read(count: int) -> None:
    names = [f"Genus species{number} of the north-eastern highlands" for number in range(count)]
    said = words(draw_confusion(np.eye(count, dtype=np.int64), names, forms=("svg",))["svg"])
    shown = [word for word in said if word.startswith("Genus")]
    # 13 inches along each side: each name has more room than its letters are high.
    assert 60 <= len(shown) // 2 <= 100
    assert max(map(len, shown)) <= 28
    assert len(set(shown)) == len(shown) // 2


def test_long_names_are_told_by_what_differs() -> None:
    names = [f"a very long beginning that all of them share {number}" for number in range(3)]
    said = words(draw_confusion(np.eye(3, dtype=np.int64), names, forms=("svg",))["svg"])
    assert [word[-7:] for word in said if word.startswith("…")][:3] == ["share 0", "share 1", "share 2"]


def test_classes_that_no_picture_can_hold_are_refused() -> None:
    with pytest.raises(ValueError, match="1,001 classes"):
        draw_confusion(np.zeros((1001, 1001), np.int64))


def test_the_same_matrix_gives_the_same_bytes() -> None:
    matrix = np.array([[3, 1], [0, 4]])
    assert draw_confusion(matrix) == draw_confusion(matrix)
