"""Precision, recall and F1 of each class, held against scikit-learn's."""

import numpy as np
import pytest

from nettool.views.report.class_metrics import ClassMetrics, average, by_class, class_metrics


@pytest.mark.parametrize("seed", range(5))
def test_the_figures_are_those_of_scikit_learn(seed: int) -> None:
    from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

    rng = np.random.default_rng(seed)
    true, given = rng.integers(0, 5, 60), rng.integers(0, 5, 60)
    matrix = confusion_matrix(true, given, labels=range(5)).tolist()
    told = class_metrics(by_class(matrix), "abcde")
    expected = precision_recall_fscore_support(true, given, labels=range(5), zero_division=0.0)
    ours = [(each.precision or 0, each.recall or 0, each.f1 or 0, each.support) for each in told]
    assert pytest.approx(np.array(expected)) == np.array(ours).T


def test_what_there_is_nothing_of_is_unknown_and_counts_for_no_mean() -> None:
    told = class_metrics(by_class(((3, 1, 0), (0, 4, 0), (0, 0, 0))), ("a", "b", "c"))
    assert told == (
        ClassMetrics("a", 1.0, 0.75, pytest.approx(6 / 7), 4, 3, ("b", 1)),
        ClassMetrics("b", 0.8, 1.0, pytest.approx(8 / 9), 4, 4),
        ClassMetrics("c", None, None, None, 0, 0),
    )
    mean = average(told)
    assert (mean.precision, mean.recall, mean.support) == (pytest.approx(0.9), 0.875, 8)
