"""What a network answers, as people and programs read it."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from golden_files import assert_golden

from nettool.data.field import Field
from nettool.data.prediction.inputs import SampleName
from nettool.data.scale import Scale
from nettool.views.predictions.as_csv import AsCsv
from nettool.views.predictions.as_json import AsJson
from nettool.views.predictions.as_table import AsTable
from nettool.views.predictions.prediction import (
    Answered,
    AnswerForm,
    ClassAnswer,
    ImageAnswer,
    NumbersAnswer,
    Prediction,
    Writing,
)
from nettool.views.predictions.understood import understood
from nettool.views.terminal.table import table

ANIMALS = Field("animal", "label", (), "int64", classes=("cat", "dog", "giraffe"))
SAME = Field("same", "label", (), "int64", classes=("different", "same"))
SIZES = Field("sizes", "vector", (2,), "float32")
IMAGE = Field("image", "image", (2, 2, 1), "uint8", 255.0)

FORMS = (
    AnswerForm("animal", "class", ANIMALS, "softmax logits"),
    AnswerForm("same", "class", SAME, "sigmoid logits", is_yes_or_no=True),
    AnswerForm("sizes", "numbers", SIZES, scale=Scale((1.0, 2.0), (10.0, 0.5))),
    AnswerForm("copy", "image", IMAGE, scale=Scale((0.0,), (255.0,))),
)
VALUES = (
    np.array([[1, 3, 0], [0, 0, 0], [-400, 400, 90]], np.float32),
    np.array([[2], [0], [-40]], np.float32),
    np.array([[0.5, 1], [1, -1], [0, 1e6]], np.float32),
    np.tile(np.array([-0.5, 0.5, 1, 2], np.float32).reshape(1, 2, 2, 1), (3, 1, 1, 1)),
)
NAMES = (SampleName("a.png"), SampleName("some, more.npz", 12), SampleName("b.png"))


def predictions(forms: tuple[AnswerForm, ...]) -> list[Prediction]:
    answers = [understood(VALUES[FORMS.index(form)], form, 2) for form in forms]
    return [Prediction(name, found) for name, found in zip(NAMES, zip(*answers, strict=True), strict=True)]


def text(make: Callable[[Answered], Writing], forms: tuple[AnswerForm, ...]) -> str:
    writing = make(Answered(forms, 2, max(len(str(name)) for name in NAMES)))
    return writing.head() + "".join(writing.line(each) for each in predictions(forms))


def as_csv(answered: Answered) -> AsCsv:
    return AsCsv(answered, {"sizes": (2,)})


WRITINGS: dict[str, Callable[[Answered], Writing]] = {
    "table": lambda answered: AsTable(answered, has_bars=False),
    "terminal": lambda answered: AsTable(answered, has_bars=True),
    "csv": as_csv,
    "json": AsJson,
}


@pytest.mark.parametrize("form", WRITINGS)
def test_answers_are_written(form: str) -> None:
    whole = [text(WRITINGS[form], forms) for forms in (FORMS[:1], FORMS[1:2], FORMS[2:3], FORMS)]
    assert_golden(f"predictions_{form}.txt", "\n".join(whole))


@pytest.mark.parametrize("width", [80, 55, 40])
def test_a_narrow_terminal_gets_no_bars_then_no_second_class(width: int) -> None:
    answered = Answered(FORMS[:1], 2, max(len(str(name)) for name in NAMES))
    writing = AsTable(answered, has_bars=True, width=width)
    lines = [writing.head(), *map(writing.line, predictions(FORMS[:1]))]
    assert max(len(line.rstrip("\n")) for line in lines) <= width
    assert ("█" in "".join(lines), "next" in lines[0]) == (width == 80, width >= 55)


def test_a_name_with_line_ends_fills_one_line_of_a_table() -> None:
    odd = Field("animal", "label", (), "int64", classes=("cat\nerror: lost", "dog\t", "giraffe"))
    forms = (AnswerForm("animal", "class", odd, "softmax logits"),)
    answers = understood(VALUES[0], forms[0], 2)
    writing = AsTable(Answered(forms, 2, 9), has_bars=False)
    lines = [writing.line(Prediction(name, (answer,))) for name, answer in zip(NAMES, answers, strict=True)]
    assert [line.count("\n") for line in lines] == [1, 1, 1]
    assert "cat\\u000aerror: lost 11.4%" in lines[0]
    assert table([["class"], ["cat\nerror: lost"]]) == ["class", "cat\\u000aerror: lost"]


def test_each_line_of_json_is_an_object_that_json_can_read() -> None:
    lines = text(AsJson, FORMS).splitlines()
    first = json.loads(lines[0])
    assert first["outputs"]["animal"]["class"] == "dog"
    assert first["outputs"]["sizes"] == {"values": [6.0, 2.5]}
    assert [json.loads(line).get("sample") for line in lines] == [None, 12, None]


@pytest.mark.parametrize(
    ("meaning", "values", "expected"),
    [
        ("probabilities", [0.7, 0.2, 0.1], [("cat", 0.7), ("dog", 0.2), ("giraffe", 0.1)]),
        ("softmax logits", [0, np.log(3), -np.inf], [("dog", 0.75), ("cat", 0.25), ("giraffe", 0)]),
        ("sigmoid logits", [0, np.log(3), -1000], [("dog", 0.75), ("cat", 0.5), ("giraffe", 0)]),
        ("scores", [-1, 5, 2], [("dog", 5), ("giraffe", 2), ("cat", -1)]),
    ],
)
def test_classes_are_ranked(meaning: Any, values: list[float], expected: list[tuple[str, float]]) -> None:
    form = AnswerForm("animal", "class", ANIMALS, meaning)
    (answer,) = understood(np.array([values], np.float32), form, 3)
    assert isinstance(answer, ClassAnswer)
    assert answer.are_probabilities == (meaning != "scores")
    assert [each.name for each in answer.ranked] == [name for name, _ in expected]
    assert [each.value for each in answer.ranked] == pytest.approx([value for _, value in expected], abs=1e-6)


@pytest.mark.parametrize(
    ("meaning", "value", "name", "shown"),
    [
        ("probabilities", 0.5, "different", 0.5),
        ("probabilities", 0.25, "different", 0.75),
        ("sigmoid logits", 0.0, "different", 0.5),
        ("sigmoid logits", -1e-3, "different", 0.50025),
        ("scores", 0.5, "different", 0.5),
        ("scores", 0.51, "same", 0.51),
        ("signed scores", 0.2, "same", 0.2),
        ("signed scores", -0.2, "different", -0.2),
        ("scores", -3.0, "different", -3.0),
    ],
)
def test_one_number_tells_two_classes_as_the_figures_do(
    meaning: Any, value: float, name: str, shown: float
) -> None:
    form = AnswerForm("same", "class", SAME, meaning, is_yes_or_no=True)
    (answer,) = understood(np.array([[value]], np.float32), form, 2)
    assert isinstance(answer, ClassAnswer)
    assert (answer.ranked[0].name, answer.ranked[0].value) == (name, pytest.approx(shown, abs=1e-6))


def test_numbers_and_pictures_are_in_the_units_of_the_data() -> None:
    numbers = [
        each.values.tolist() for each in understood(VALUES[2], FORMS[2], 1) if isinstance(each, NumbersAnswer)
    ]
    assert numbers == [[6, 2.5], [11, 1.5], [1, 500002]]
    (image, *_) = understood(VALUES[3], FORMS[3], 1)
    assert isinstance(image, ImageAnswer)
    assert image.pixels.tolist() == [[[0], [128]], [[255], [255]]]
