"""When two states belong to the same data."""

import pytest

from nettool.record.checkpoints.training_state import Identity

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


def test_another_machine_is_named_by_what_differs() -> None:
    before = Identity("", {}, {}, {}, {"processor": "A", "processors": "2", "OMP_NUM_THREADS": "1"})
    now = Identity("", {}, {}, {}, {"processor": "A", "processors": "1", "TF_ENABLE_ONEDNN_OPTS": "0"})
    assert before.other_machine(now) == (
        "1 processor instead of 2",
        "OMP_NUM_THREADS is not set and was 1",
        "TF_ENABLE_ONEDNN_OPTS is 0 and was not set",
    )
    assert now.other_machine(before)[0] == "2 processors instead of 1"
    assert before.other_machine(before) == ()
    assert Identity("", {}, {}).other_machine(now) == ()  # of an earlier version
