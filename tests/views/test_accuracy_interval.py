"""Wilson's interval against published ones, and against SciPy's."""

import pytest
from scipy.stats import binomtest

from nettool.views.accuracy_interval import interval_text, wilson_interval


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_published_intervals(right: int, total: int, low: float, high: float) -> None:
    """Method 3 of table I of R. G. Newcombe, Statistics in Medicine 17 (1998), page 861."""
    assert wilson_interval(right, total) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("total", [1, 2, 25, 355, 999, 10_000])
def test_the_intervals_of_scipy(total: int) -> None:
    for right in {0, 1, total // 3, total - 1, total}:
        known = binomtest(right, total).proportion_ci(method="wilson")
        assert wilson_interval(right, total) == pytest.approx((known.low, known.high), abs=1e-9)


def test_only_few_samples_have_an_interval() -> None:
    assert interval_text(343, 355) == "0.9419 to 0.9806"
    assert interval_text(343, 355, 2) == "0.94 to 0.98"
    assert interval_text(999, 1000) == ""
    assert interval_text(0, 0) == ""


@pytest.mark.parametrize(("right", "total"), [(1, 0), (-1, 3), (4, 3)])
def test_what_is_no_share_is_refused(right: int, total: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson_interval(right, total)
