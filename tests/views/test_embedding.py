"""Samples as points: the projection is that of principal components, the picture names every class."""

import xml.etree.ElementTree as ElementTree
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from svg_tiles import SVG, words

from nettool.views.inspect.embedding import draw_embedding
from nettool.views.inspect.projection import Projection, project

RANDOM = np.random.default_rng(0)
GROUPS = np.repeat(np.arange(3), 20)
VALUES = RANDOM.normal(size=(60, 4, 2)) + 8 * GROUPS[:, np.newaxis, np.newaxis]


def svg(found: Projection, numbers: NDArray[np.int64] | None, *classes: str) -> bytes:
    return draw_embedding(found, numbers, classes, "net", "some samples", ("svg",))["svg"]


def test_principal_components_are_those_of_the_covariance() -> None:
    found = project(VALUES, "pca", 0)
    rows = VALUES.reshape(60, -1)
    variances, directions = np.linalg.eigh(np.cov(rows.T))
    expected = (rows - rows.mean(axis=0)) @ directions[:, ::-1][:, :2]
    np.testing.assert_allclose(np.abs(found.points), np.abs(expected), atol=1e-8)
    assert found.shares is not None
    np.testing.assert_allclose(found.shares, variances[::-1][:2] / variances.sum())


def test_one_number_for_each_sample_is_a_line_of_points() -> None:
    found = project(np.arange(5.0)[:, np.newaxis], "pca", 0)
    assert found.points.shape == (5, 2)
    assert found.points[:, 1].tolist() == [0.0] * 5
    assert found.shares == (1.0, 0.0)


def test_samples_that_are_all_the_same_are_one_point() -> None:
    found = project(np.ones((5, 3)), "pca", 0)
    assert found.points.tolist() == [[0.0, 0.0]] * 5
    assert found.shares == (0.0, 0.0)
    assert "net" in words(svg(found, np.zeros(5, np.int64), "a"))


def test_t_sne_is_the_same_for_the_same_seed_and_says_what_it_was_told() -> None:
    found = project(VALUES, "tsne", 3)
    np.testing.assert_array_equal(found.points, project(VALUES, "tsne", 3).points)
    assert found.description == "t-SNE, perplexity 19.7, seed 3"
    wide = project(np.concatenate([VALUES.reshape(60, -1)] * 10, axis=1), "tsne", 0)
    assert wide.description == "t-SNE of 50 principal components, perplexity 19.7, seed 0"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (np.ones((2, 3)), "2 samples are too few"),
        (np.full((9, 3), np.nan), "holds NaN or infinity"),
    ],
)
def test_what_cannot_be_projected_is_refused(values: NDArray[np.floating], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        project(values, "pca", 0)


def test_the_picture_has_every_point_and_names_every_class_twice() -> None:
    picture = svg(project(VALUES, "pca", 0), GROUPS, "cat", "_dog", "$frog$")
    said = words(picture)
    for word in ("net", "some samples", "cat", "_dog", "$frog$", "cat (20)", "dog (20)", "$frog$ (20)"):
        assert word in said
    root = ElementTree.fromstring(picture)
    marks = [group for group in root.iter(f"{SVG}g") if group.get("id", "").startswith("PathCollection")]
    # The points of each class, and its mark in the legend.
    assert [len(list(group.iter(f"{SVG}use"))) for group in marks] == [20, 20, 20, 1, 1, 1]
    assert any(word.startswith("first principal component (9") for word in said)


def test_without_classes_there_is_one_colour_and_t_sne_has_no_numbers_at_its_axes() -> None:
    picture = svg(Projection(VALUES[:, 0], None, "t-SNE"), None)
    said = words(picture)
    assert "t-SNE: neighbours are alike; axes and distances of groups have no unit" in said
    assert len(said) == 3


def places_of_names(picture: bytes) -> dict[str, tuple[float, float]]:
    """Where in the drawing the bold names of classes stand."""
    return {
        text.text: (float(text.attrib["x"]), float(text.attrib["y"]))
        for text in ElementTree.fromstring(picture).iter(f"{SVG}text")
        if text.text and text.text != "net" and "font-weight: 700" in text.attrib["style"]
    }


def test_names_of_classes_that_lie_together_stand_apart() -> None:
    names = [f"class {number}" for number in range(30)]
    points = np.random.default_rng(1).normal(size=(600, 2))
    picture = svg(Projection(points, None, "t-SNE"), np.arange(600) % 30, *names)
    places = places_of_names(picture)
    assert 10 <= len(places) < 30
    # Letters are 10 points high and "class 10" is some 55 wide.
    for (x, y), (other_x, other_y) in combinations(places.values(), 2):
        assert abs(x - other_x) > 50 or abs(y - other_y) > 10
    # The legend has them all.
    assert [word for word in words(picture) if word.endswith(" (20)")] == [f"{name} (20)" for name in names]


def test_of_more_classes_than_can_be_told_apart_the_most_frequent_have_a_look_of_their_own() -> None:
    numbers = np.concatenate([np.arange(100), np.repeat(np.arange(50, 70), 5)])
    points = np.random.default_rng(0).normal(size=(200, 2))
    names = [f"c{number}" for number in range(101)]
    said = words(svg(Projection(points, None, "t-SNE"), numbers, *names))
    assert "the 20 most frequent of 100" in said
    assert "80 other classes (80)" in said
    assert [word for word in said if word.endswith("(6)")] == [f"c{number} (6)" for number in range(50, 70)]


def test_the_picture_changes_with_the_points_and_is_else_the_same() -> None:
    found, other = project(VALUES, "pca", 0), project(VALUES[::-1] ** 2, "pca", 0)
    assert svg(found, GROUPS, *"abc") == svg(found, GROUPS, *"abc")
    assert svg(found, GROUPS, *"abc") != svg(other, GROUPS, *"abc")
