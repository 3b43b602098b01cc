"""When two states belong to the same data."""

import pytest

from nettool.record.training_state import Identity

NOW = Identity("", {"a": "contents", "b": "1"}, {}, {"a": "sizes"})


@pytest.mark.parametrize(
    ("other", "differing"),
    [
        (NOW, ()),
        (Identity("", {"a": "sizes", "b": "1"}, {}), ()),  # of an earlier version
        (Identity("", {"a": "other sizes", "b": "1"}, {}), ("a",)),
        (Identity("", {"a": "other contents", "b": "1"}, {}, {"a": "sizes"}), ("a",)),  # images were swapped
        (Identity("", {"a": "contents"}, {}), ("b",)),
        (Identity("", {"a": "contents", "b": "1", "c": "1"}, {}), ("c",)),
        (Identity("", {"a": "contents", "b": "2"}, {}), ("b",)),
    ],
)
def test_data_are_their_contents(other: Identity, differing: tuple[str, ...]) -> None:
    assert NOW.other_data(other) == other.other_data(NOW) == differing
