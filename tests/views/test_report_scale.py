"""Axes of reports: from values to places, with marks at round numbers."""

from math import inf, isfinite

import pytest

from nettool.views.charts.scale import Scale, logarithmic_scale, mark_text, scale_of


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [
        (0.0, 1.0, (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        (0.83, 0.97, (0.85, 0.9, 0.95)),
        (-3.0, 7.0, (-2.0, 0.0, 2.0, 4.0, 6.0)),
        (1.2e6, 9.9e6, (2e6, 4e6, 6e6, 8e6)),
    ],
)
def test_marks_stand_at_round_numbers_within_the_axis(
    low: float, high: float, marks: tuple[float, ...]
) -> None:
    assert Scale(low, high).marks(5) == pytest.approx(marks)


def test_a_logarithmic_axis_is_marked_at_powers_of_ten() -> None:
    scale = scale_of([0.002, 0.5, 40.0], may_be_logarithmic=True)
    assert scale.is_logarithmic
    assert scale.marks(5) == pytest.approx((0.01, 0.1, 1.0, 10.0))
    assert scale.place(scale.low) == 0
    assert scale.place(scale.high) == pytest.approx(1)


@pytest.mark.parametrize("values", [[0.0, 50.0], [1.0, 99.0], [-1.0, 1000.0]])
def test_what_can_be_seen_on_equal_steps_stays_on_them(values: list[float]) -> None:
    assert not scale_of(values, may_be_logarithmic=True).is_logarithmic


@pytest.mark.parametrize(
    "values", [[], [float("nan")], [0.0], [0.001, 0.001], [-5.0], [1e-9, 2e-9], [3.0, float("inf"), 4.0]]
)
def test_every_finite_value_has_a_place_on_its_axis(values: list[float]) -> None:
    scale = scale_of(values)
    assert scale.low < scale.high
    places = [scale.place(value) for value in values if abs(value) < float("inf")]
    assert all(0 <= place <= 1 for place in places)


def test_what_never_changes_is_shown_from_zero() -> None:
    assert scale_of([0.001, 0.001]) == Scale(0.0, 0.00125)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.2, "0.2"),
        (0.30000000000000004, "0.3"),
        (0.0005, "0.0005"),
        (128000.0, "128,000"),
        (2e10, "2e+10"),
        (1.95e10, "1.95e+10"),
        (0.94999, "0.94999"),
    ],
)
def test_marks_are_told_shortly_and_exactly(value: float, text: str) -> None:
    assert mark_text(value) == text


@pytest.mark.parametrize(
    "values",
    [[0.0, 5e-324], [5e-324], [1.7e308], [1e308, -1e308], [1e-320, 1e308], [1e308, 1.7e308, 0.0, 1.0]],
)
def test_numbers_at_the_ends_of_what_a_float_holds_have_places_and_marks(values: list[float]) -> None:
    """A metrics.csv that somebody else wrote may hold them."""
    scales = [scale_of(values), scale_of(values, may_be_logarithmic=True)]
    if min(values) > 0:
        scales.append(logarithmic_scale(values))
    for scale in scales:
        assert all(map(isfinite, (scale.low, scale.high, *scale.marks(5), *map(scale.place, values))))
        wider = scale.with_room(0.05)
        assert wider.low < wider.high < inf
