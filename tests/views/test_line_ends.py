from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from nettool.views.charts.end_places import places_at_ends

SHARES = st.floats(0, 1, allow_nan=False)


@given(st.lists(SHARES, max_size=8))
def test_numbers_behind_lines_that_end_together_stand_apart_in_order_and_within_the_panel(
    heights: list[float],
) -> None:
    places = places_at_ends({number: (1.0, height) for number, height in enumerate(heights)})
    assert places.keys() == set(range(len(heights)))
    by_height = sorted(places, key=lambda number: places[number][1])
    assert [heights[number] for number in by_height] == sorted(heights)
    ups = [places[number][1] for number in by_height]
    assert all(upper - lower > 0.0599 for lower, upper in pairwise(ups))
    assert all(0.0199 < up < 0.9801 for up in ups)


def test_a_number_that_has_room_stays_where_its_line_ends() -> None:
    ends = {0: (0.9, 0.2), 1: (0.9, 0.8), 2: (0.4, 0.5)}
    assert places_at_ends(ends) == ends


def test_numbers_are_moved_as_little_as_it_takes() -> None:
    places = places_at_ends({0: (1.0, 0.5), 1: (1.0, 0.5), 2: (1.0, 0.9)})
    assert [round(places[number][1], 6) for number in range(3)] == [0.47, 0.53, 0.9]


def test_among_lines_that_go_on_only_ends_that_stand_alone_get_a_number() -> None:
    ends = {0: (1.0, 0.9), 1: (0.5, 0.5), 2: (0.5, 0.52), 3: (0.5, 0.1)}
    assert places_at_ends(ends).keys() == {0, 3}


def test_without_lines_there_are_no_numbers() -> None:
    assert places_at_ends({}) == {}
