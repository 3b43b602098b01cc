import pytest

from nettool.kinds.time_span import seconds_in, time_text


@pytest.mark.parametrize(
    ("written", "seconds", "told"),
    [
        ("30 min", 1800.0, "30 min"),
        ("90 minutes", 5400.0, "1 h 30 min"),
        ("1 h 30 min", 5400.0, "1 h 30 min"),
        ("1h 5s", 3605.0, "1 h 5 s"),
        ("0.5 s", 0.5, "0.5 s"),
        ("0.000001 s", 1e-6, "0.000001 s"),
        ("2 days", 172_800.0, "2 d"),
        ("1.5 hours", 5400.0, "1 h 30 min"),
    ],
)
def test_a_length_of_time_is_read_and_told(written: str, seconds: float, told: str) -> None:
    assert seconds_in(written) == seconds
    assert time_text(seconds) == told
    assert seconds_in(told) == seconds


@pytest.mark.parametrize("written", ["30", "", "min", "0 s", "half an hour", "1 h30", "-5 s", "5 m"])
def test_what_is_no_length_of_time_is_none(written: str) -> None:
    assert seconds_in(written) is None
