import pytest
from hypothesis import given
from hypothesis import strategies as st

from nettool.views.comparison.differences import ABSENT, Difference, differences, value_text

LEAVES = st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from(["a", "b"])
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ({"a": 1}, {"a": 1}, ()),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, ()),
        ({"a": 1}, {"a": 1.0}, ()),
        ({"a": 1}, {"a": True}, (Difference("a", (1, True)),)),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, (Difference("a.c", (2, 3)),)),
        ({"a": {"b": 1}}, {}, (Difference("a", ({"b": 1}, ABSENT)),)),
        ({}, {"a": 0}, (Difference("a", (ABSENT, 0)),)),
        ({"a": None}, {}, ()),
        ({"a": None}, {"a": 1}, (Difference("a", (None, 1)),)),
        ({"a": 1}, {"a": {"b": 1}}, (Difference("a", (1, {"b": 1})),)),
        ({"a": [1, 2]}, {"a": [1, 3]}, (Difference("a", ([1, 2], [1, 3])),)),
        (
            {"a": [{"m": "x", "k": 1}, {"m": "y"}]},
            {"a": [{"m": "x", "k": 2}, {"m": "y"}]},
            (Difference("a[1].k", (1, 2)),),
        ),
        ({"a": [{"m": 1}]}, {"a": []}, (Difference("a", ([{"m": 1}], [])),)),
    ],
)
def test_two_values_differ_at_the_smallest_parts(
    left: object, right: object, found: tuple[Difference, ...]
) -> None:
    assert differences([left, right]) == found


def test_of_several_values_each_is_told_where_any_differs() -> None:
    runs = [{"seed": 0, "epochs": 3}, {"seed": 0, "epochs": 5}, {"epochs": 3}]
    assert differences(runs) == (Difference("seed", (0, 0, ABSENT)), Difference("epochs", (3, 5, 3)))


def _copied(value: object) -> object:
    if isinstance(value, dict):
        return {key: _copied(value[key]) for key in reversed(value)}
    return [_copied(each) for each in value] if isinstance(value, list) else value


@given(VALUES)
def test_a_value_does_not_differ_from_itself_in_another_order(value: object) -> None:
    assert differences([value, _copied(value)]) == ()


@given(VALUES, VALUES)
def test_the_other_way_round_the_same_parts_differ(one: object, other: object) -> None:
    there = {each.path: each.values for each in differences([one, other])}
    back = {each.path: each.values[::-1] for each in differences([other, one])}
    assert there == back


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (ABSENT, "–"),
        (None, "null"),
        ({"layer": "Dropout", "rate": 0.2, "seed": None}, "{layer: Dropout, rate: 0.2}"),
        ([3, 3], "[3, 3]"),
        ({"layer": "Dense", "units": 64, "activation": "relu"}, "{layer: Dense, units: 64, activ…"),
        ({"layer": "Dense", "activation": "sigmoid_", "x": 1}, "{layer: Dense, activation: sigm…"),
    ],
)
def test_a_value_is_written_as_in_a_spec_and_cut(value: object, text: str) -> None:
    assert value_text(value, 32) == text
