import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray
from sklearn.metrics import confusion_matrix as sklearn_confusion_matrix

from nettool.views.charts.confusion import ConfusionCounts, count_confusions, draw_confusion

SVG = "{http://www.w3.org/2000/svg}"


def counted(matrix: ArrayLike) -> ConfusionCounts:
    """The pairs of a matrix."""
    counts = np.asarray(matrix, np.int64)
    true, predicted = np.nonzero(counts)
    return ConfusionCounts(true, predicted, counts[true, predicted], len(counts))


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
    said = words(
        draw_confusion(counted(matrix), ("cat", "dog", "$frog$"), "on the test set", ("svg",))["svg"]
    )
    for word in ("cat", "dog", "$frog$"):
        assert said.count(word) == 2
    for word in ("on the test set", "true", "predicted", "101", "12", "13", "0", "14", "15", "102"):
        assert word in said


def test_cells_where_no_mistake_was_made_are_empty() -> None:
    said = words(draw_confusion(counted(np.diag([5, 6, 7])), ("a", "b", "c"), forms=("svg",))["svg"])
    assert "0" not in said


def test_a_class_without_samples_does_no_harm() -> None:
    assert "0" in words(draw_confusion(counted(np.diag([5, 0])), ("a", "b"), forms=("svg",))["svg"])


def test_many_classes_are_named_but_not_counted() -> None:
    said = words(draw_confusion(counted(np.eye(30) * 777), forms=("svg",))["svg"])
    assert "777" not in said
    assert said.count("29") == 2


def test_the_pairs_most_often_confused_come_first() -> None:
    found = count_confusions([0, 0, 2, 2, 2, 1], [1, 0, 1, 1, 2, 0], 1_000_000).mistakes
    pairs = zip(found.true.tolist(), found.predicted.tolist(), found.counts.tolist(), strict=True)
    assert list(pairs) == [(2, 1, 2), (0, 1, 1), (1, 0, 1)]


def blocks(count: int) -> NDArray[np.int64]:
    """Classes of 9 samples each; 7 and 3, 100 and 90, 90 and 5 are taken for each other."""
    matrix = np.diag(np.full(count, 9))
    for one, other, often in ((7, 3, 4), (100, 90, 6), (90, 5, 5), (40, 41, 1)):
        matrix[one, other] = often
        matrix[one, one] -= often
    return matrix


def test_of_many_classes_those_most_often_confused_stand_side_by_side() -> None:
    found = counted(blocks(120)).most_confused(8)
    assert found.tolist()[:3] == [5, 90, 100] or found.tolist()[-3:] == [5, 90, 100]
    assert abs(found.tolist().index(7) - found.tolist().index(3)) == 1
    assert {40, 41} < set(found.tolist())
    assert sorted(counted(np.eye(4)).most_confused(3).tolist()) == [0, 1, 2]
    assert count_confusions([], [], 0).most_confused(3).tolist() == []


@pytest.mark.parametrize("count", [120, 345, 20_000])
def test_a_picture_of_many_classes_names_its_part_and_says_what_is_left_out(count: int) -> None:
    names = [f"Genus species{number} of the north-eastern highlands" for number in range(count)]
    pairs = count_confusions([*range(count), 7, 100, 100, 90, 60], [*range(count), 3, 90, 90, 5, 61], count)
    svg = draw_confusion(pairs, names, forms=("svg",))["svg"]
    said = words(svg)
    shown = [word for word in said if word.startswith("Genus")]
    assert len(shown) == 2 * 25 and len(set(shown)) == 25
    assert max(map(len, shown)) <= 28
    assert said.count("other classes") == 2
    assert (f"25 of {count:,} classes: those most often confused with each other, side by side.") in said
    left_out = f"the last row and column are the {count - 25:,} others."
    assert f"5 of 5 mistakes are between them; {left_out}" in said


def test_names_beside_a_part_do_not_cover_each_other() -> None:
    names = [f"Genus species{number} of the north-eastern highlands" for number in range(345)]
    pairs = count_confusions(range(345), range(345), 345)
    root = ElementTree.fromstring(draw_confusion(pairs, names, forms=("svg",))["svg"])
    texts = [text for text in root.iter(f"{SVG}text") if (text.text or "").startswith(("Genus", "other"))]
    for turned in (False, True):
        own = [
            text.attrib["transform"] for text in texts if ("rotate(-90" in text.attrib["transform"]) == turned
        ]
        written = [re.search(r"translate\(([\d.]+)|rotate\(-0 [\d.]+ ([\d.]+)", each) for each in own]
        places = sorted(float(each[1] or each[2]) for each in written if each is not None)
        assert len(places) == 26
        # Letters are 10 points high.
        assert min(np.diff(places)) > 12


def test_long_names_are_told_by_what_differs() -> None:
    names = [f"a very long beginning that all of them share {number}" for number in range(3)]
    said = words(draw_confusion(counted(np.eye(3)), names, forms=("svg",))["svg"])
    assert [word[-7:] for word in said if word.startswith("…")][:3] == ["share 0", "share 1", "share 2"]


def test_the_same_matrix_gives_the_same_bytes() -> None:
    matrix = np.array([[3, 1], [0, 4]])
    assert draw_confusion(counted(matrix)) == draw_confusion(counted(matrix))
