"""What is kept of answers, batch by batch, against what NumPy and scikit-learn make of all of them at once."""

import ml_dtypes
import numpy as np
import pytest
from scipy.special import expit, softmax
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from nettool.data.column import Column, Part
from nettool.data.field import Field
from nettool.graph.check.output_meaning import Meaning
from nettool.views.charts.confusion import count_confusions
from nettool.views.predictions.prediction import AnswerForm
from nettool.views.report.class_metrics import by_class, class_metrics

pytestmark = pytest.mark.keras

RANDOM = np.random.default_rng(3)


@pytest.mark.parametrize("classes", [2, 3, 40])
def test_the_first_classes_are_those_of_a_stable_sort(classes: int) -> None:
    from nettool.jobs.observe.class_predictions import first_classes

    values = RANDOM.integers(0, 6, (200, classes)).astype(np.float64)
    expected = np.argsort(-values, axis=1, kind="stable")[:, :3]
    found = first_classes(values, expected[:, 0], 3)
    np.testing.assert_array_equal(found.numbers, expected)
    np.testing.assert_array_equal(found.values, np.take_along_axis(values, expected, axis=1))


def test_the_given_class_is_first_whatever_is_said_of_it_and_no_class_comes_twice() -> None:
    from nettool.jobs.observe.class_predictions import first_classes

    values = np.array([[0.2, 0.8], [np.nan, np.nan], [-np.inf, 3.0]])
    found = first_classes(values, np.array([0, 1, 1]), 3)
    assert found.numbers.tolist() == [[0, 1], [1, 0], [1, 0]]


@pytest.mark.parametrize("meaning", ["softmax logits", "sigmoid logits", "probabilities", "scores"])
@pytest.mark.parametrize("type_of_answers", [np.float32, ml_dtypes.bfloat16])
def test_what_is_said_of_the_first_classes_is_scipys(meaning: Meaning, type_of_answers: type) -> None:
    from nettool.jobs.observe.class_predictions import ClassPredictions

    target = Field("kind", "label", (), "int64", classes=tuple(map(str, range(300))))
    answers = RANDOM.normal(0, 8, (50, 300)).astype(type_of_answers)
    answers[3, 7:250] = -np.inf
    seen = ClassPredictions(AnswerForm("kind", "class", target, meaning), target)
    seen.add(answers[:20])
    seen.add(answers[20:])
    wide = answers.astype(np.float64)
    says = {"softmax logits": lambda: softmax(wide, axis=1), "sigmoid logits": lambda: expit(wide)}
    said = says.get(meaning, lambda: wide)()
    expected = np.argsort(-wide, axis=1, kind="stable")[:, :3]
    first = seen.first
    assert first is not None
    np.testing.assert_array_equal(first.numbers, expected)
    np.testing.assert_allclose(first.values, np.take_along_axis(said, expected, axis=1), rtol=1e-5)


def test_units_beyond_the_last_class_are_no_class() -> None:
    from nettool.jobs.observe.class_predictions import ClassPredictions

    target = Field("kind", "label", (), "int64", classes=("cat", "dog"))
    seen = ClassPredictions(AnswerForm("kind", "numbers", target), target)
    true, given = np.array([0, 1, 1, 0, 1]), np.array([0, 1, 3, 2, 3])
    seen.add(np.eye(5, dtype=np.float32)[given])
    assert seen.classes == ("cat", "dog", "unit 3, no class", "unit 4, no class")
    counts = seen.confusions(Part({"kind": Column(true)}))
    np.testing.assert_array_equal(counts.matrix, confusion_matrix(true, given, labels=range(4)))


def test_what_is_said_of_each_class_is_scikit_learns_with_and_without_a_matrix() -> None:
    from nettool.jobs.observe.classes import _by_class

    true, given = RANDOM.integers(0, 30, 400), RANDOM.integers(0, 30, 400)
    names = tuple(f"c{number}" for number in range(32))
    counts = count_confusions(true, given, 32)
    np.testing.assert_array_equal(counts.matrix, confusion_matrix(true, given, labels=range(32)))
    assert _by_class(counts) == by_class(counts.matrix.tolist())
    precision, recall, f1, support = precision_recall_fscore_support(
        true, given, labels=range(32), zero_division=0.0
    )
    for number, each in enumerate(class_metrics(_by_class(counts), names)):
        assert ((each.precision or 0.0), (each.recall or 0.0), (each.f1 or 0.0)) == pytest.approx(
            (precision[number], recall[number], f1[number])
        )
        assert each.support == support[number]
