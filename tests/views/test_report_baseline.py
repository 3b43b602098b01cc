"""What is said of a network that does no better than always the commonest class, or the mean."""

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.metrics import confusion_matrix

from nettool.record.files.observations import Observations, SeenClass, SeenClasses, SeenNumbers
from nettool.views.report.class_metrics import no_better_than_nothing

RANDOM = np.random.default_rng(1)
TRUE = RANDOM.choice(3, 90, p=[0.2, 0.7, 0.1])
NOTHING = np.zeros((90, 1))
COMMONEST = round(DummyClassifier().fit(NOTHING, TRUE).score(NOTHING, TRUE) * 90)


def told(given: np.ndarray, *, with_matrix: bool = True) -> list[str]:
    matrix = confusion_matrix(TRUE, given, labels=range(3))
    by_class = tuple(
        SeenClass(int(row.sum()), int(matrix[:, number].sum()), int(row[number]))
        for number, row in enumerate(matrix)
    )
    names = ("a", "b", "c")
    rows = tuple(tuple(map(int, row)) for row in matrix)
    seen = (
        SeenClasses("kind", names, rows) if with_matrix else SeenClasses("kind", names, (), by_class=by_class)
    )
    return list(no_better_than_nothing(Observations({}, classes=(seen,))))


@pytest.mark.parametrize("with_matrix", [True, False])
def test_always_the_commonest_class(with_matrix: bool) -> None:
    always = np.full(90, 1)
    (said,) = told(always, with_matrix=with_matrix)
    assert said == (
        f"`kind` is no better than always answering `b`: {COMMONEST} of 90 test samples are right, with that "
        f"answer {COMMONEST} would be."
    )
    assert "no better" in told(RANDOM.permutation(TRUE), with_matrix=with_matrix)[0]
    better = np.where(TRUE == 0, 0, 1)
    assert told(better, with_matrix=with_matrix) == []


def test_always_the_mean() -> None:
    wanted = RANDOM.normal(5.0, 2.0, 50)
    mean = DummyRegressor().fit(NOTHING[:50], wanted).predict(NOTHING[:50])
    spread = float(np.sqrt(((mean - wanted) ** 2).mean()))

    def said(error: float | None) -> list[str]:
        seen = SeenNumbers("price", "price", 50, 1.0, error, spread)
        return list(no_better_than_nothing(Observations({}, numbers=(seen,))))

    assert said(0.9 * spread) == said(None) == []
    assert said(2 * spread)[0].startswith(
        "`price` is no better than always answering the mean: its root mean"
    )
