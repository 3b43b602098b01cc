"""What is counted as a mistake, which come first, and what the pictures of them and of samples say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from svg_tiles import tiles, words

from nettool.data.column import Column, Part
from nettool.data.field import Field
from nettool.views.inspect.classified import Classified, classified, most_confident_mistakes, some_samples
from nettool.views.inspect.mistakes import draw_mistakes
from nettool.views.inspect.samples import draw_samples, likeliest
from nettool.views.inspect.thumbnails import Thumbnail, thumbnails
from nettool.views.predictions.prediction import AnswerForm
from nettool.views.style import TRAINING, VALIDATION

CLASSES = ("cat", "dog", "frog")
LABEL = Field("label", "label", (1,), "int64", classes=CLASSES)
FORM = AnswerForm("animal", "class", LABEL, "probabilities")
IMAGE = Field("image", "image", (4, 6, 1), "uint8", 255.0)
ANSWERS = np.array([[0.1, 0.7, 0.2], [0.9, 0.06, 0.04], [0.5, 0.1, 0.4], [0.2, 0.2, 0.6], [0.05, 0.9, 0.05]])
RIGHT = np.array([1, 2, 2, 2, 0])


def example() -> Classified:
    return classified(ANSWERS, FORM, RIGHT)


def looks(count: int) -> tuple[Thumbnail, ...]:
    images = np.arange(count, dtype=np.uint8)[:, None, None, None] * np.ones((1, 4, 6, 1), np.uint8)
    return thumbnails(Part({"image": Column(images)}), [IMAGE])


def test_the_mistakes_come_the_surest_first_and_of_equals_the_first_in_the_data() -> None:
    worst = most_confident_mistakes(example(), 24)
    assert worst.numbers.tolist() == [1, 4, 2]
    assert most_confident_mistakes(example(), 1).numbers.tolist() == [1]


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 2), st.lists(st.floats(0, 1), min_size=3, max_size=3)), min_size=1))
def test_mistakes_are_those_samples_whose_class_is_not_the_likeliest(
    rows: list[tuple[int, list[float]]],
) -> None:
    answers, right = np.array([row for _, row in rows]), np.array([rank for rank, _ in rows])
    worst = most_confident_mistakes(classified(answers, FORM, right), len(rows))
    assert set(worst.numbers) == {at for at, (rank, row) in enumerate(rows) if row.index(max(row)) != rank}
    sureness = answers[worst.numbers].max(axis=1)
    assert (np.diff(sureness) <= 0).all()


@pytest.mark.parametrize(
    ("meaning", "answers", "given", "first"),
    [
        ("probabilities", [0.6, 0.5], [1, 0], [0.4, 0.6]),
        ("sigmoid logits", [np.log(3), 0.0], [1, 0], [0.25, 0.75]),
        ("scores", [0.7, -0.2], [1, 0], [1 - 0.7, 0.7]),
        ("signed scores", [0.3, -0.2], [1, 0], [-0.3, 0.3]),
    ],
)
def test_one_number_stands_for_the_second_of_two_classes(
    meaning: str, answers: list[float], given: list[int], first: list[float]
) -> None:
    form = AnswerForm(
        "same", "class", Field("same", "label", (1,), "int64", classes=("no", "yes")), meaning, True
    )  # type: ignore[arg-type]
    found = classified(np.array(answers)[:, np.newaxis], form, np.array([1, 1]))
    assert found.predicted.tolist() == given
    np.testing.assert_allclose(found.values[0], first)


def test_samples_are_drawn_with_the_seed_and_stand_in_the_order_of_the_data() -> None:
    every = classified(np.tile(ANSWERS, (100, 1)), FORM, np.tile(RIGHT, 100))
    few = some_samples(every, 12, 3)
    assert few.numbers.tolist() == sorted(set(few.numbers.tolist()))
    assert few.numbers.tolist() == some_samples(every, 12, 3).numbers.tolist()
    assert few.numbers.tolist() != some_samples(every, 12, 4).numbers.tolist()
    assert len(some_samples(example(), 12, 0)) == 5


def test_an_output_that_gives_no_class_is_refused() -> None:
    with pytest.raises(ValueError, match="`copy` gives no class"):
        classified(ANSWERS, AnswerForm("copy", "image"), RIGHT)


def test_the_picture_of_mistakes_says_what_the_network_says_and_what_is_right() -> None:
    worst = most_confident_mistakes(example(), 24)
    picture = draw_mistakes(worst, looks(3), "net: 3 mistakes", "of 5 samples", ("svg",))["svg"]
    assert words(picture) == [
        *("net: 3 mistakes", "of 5 samples"),
        *("predicted cat", "90.0%", "true frog", "4.0%", "sample 1"),
        *("predicted dog", "90.0%", "true cat", "5.0%", "sample 4"),
        *("predicted cat", "50.0%", "true frog", "40.0%", "sample 2"),
    ]
    assert list(tiles(picture)) == ["sample_1", "sample_4", "sample_2"]
    assert {tile.shape for tile in tiles(picture).values()} == {(4, 6, 3)}


def test_without_a_mistake_there_is_nothing_to_draw() -> None:
    none = most_confident_mistakes(classified(ANSWERS, FORM, ANSWERS.argmax(axis=1)), 24)
    assert len(none) == 0
    with pytest.raises(ValueError, match="no mistake"):
        draw_mistakes(none, (), "net")


def test_the_picture_of_samples_has_a_bar_for_each_of_the_likeliest_classes() -> None:
    some = example().take(np.array([0, 1]))
    picture = draw_samples(some, looks(2), "net", forms=("svg",))["svg"]
    assert words(picture)[2:] == [
        *("0: dog", "dog", "70.0%", "frog", "20.0%", "cat", "10.0%"),
        *("1: frog, not cat", "cat", "90.0%", "dog", "6.0%", "frog", "4.0%"),
    ]
    assert list(tiles(picture)) == ["sample_0", "sample_1"]
    # Twice the right class; once the wrong answer, and its caption.
    text = picture.decode()
    assert text.count(f"fill: {TRAINING}") == 2
    assert text.count(f"fill: {VALIDATION}") == 2


def test_the_right_class_is_always_among_those_that_are_shown() -> None:
    answers = np.linspace(0.2, 0.1, 8)[np.newaxis]
    label = Field("label", "label", (1,), "int64", classes=tuple("abcdefgh"))
    some = classified(answers, AnswerForm("x", "class", label, "probabilities"), np.array([7]))
    assert likeliest(some, 0, 5) == [0, 1, 2, 3, 7]
    assert likeliest(some, 0, 8) == [0, 1, 2, 3, 4, 5, 6, 7]


def test_the_pictures_change_with_the_answers_and_are_else_the_same() -> None:
    def svg(answers: np.ndarray) -> bytes:
        return draw_samples(classified(answers, FORM, RIGHT), looks(5), "net", forms=("svg",))["svg"]

    assert svg(ANSWERS) == svg(ANSWERS)
    assert svg(ANSWERS) != svg(ANSWERS[::-1])


def test_a_face_is_the_images_on_a_scale_to_one_or_the_numbers_in_words() -> None:
    part = Part(
        {
            "left": Column(np.full((1, 2, 2, 1), 255, np.uint8)),
            "right": Column(np.zeros((1, 2, 2, 3), np.uint8)),
            "sizes": Column(np.array([[1.5, 2.0]])),
            "age": Column(np.array([[3.25]])),
            "tune": Column(np.array([[4, 5, 0, 0]])),
        }
    )
    fields = [
        Field("left", "image", (2, 2, 1), "uint8", 255.0),
        Field("right", "image", (2, 2, 3), "uint8", 255.0),
        Field("sizes", "vector", (2,), "float64"),
        Field("age", "vector", (1,), "float64"),
        Field("tune", "sequence", (None,), "int64"),
    ]
    (thumbnail,) = thumbnails(part, fields, {"sizes": ("length", "width")})
    assert [image.shape for image in thumbnail.images] == [(2, 2, 1), (2, 2, 3)]
    assert [float(image.max()) for image in thumbnail.images] == [1.0, 0.0]
    assert thumbnail.lines == ("length 1.5", "width 2", "age 3.25", "4 5")
    (bare,) = thumbnails(part, fields[2:3])
    assert bare.lines == ("1.5 2",)
