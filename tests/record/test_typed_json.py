import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isnan
from pathlib import Path
from typing import Literal

import pytest

from nettool.record.disk.json_form import json_text, written_as
from nettool.record.disk.typed_json import Count, Seconds, Time, form_of, later, read_typed
from nettool.record.run_damaged import RunDamaged


@dataclass(frozen=True, slots=True)
class Inner:
    word: str
    count: int = later(3)


@dataclass(frozen=True, slots=True)
class Outer:
    state: Literal["on", "off"]
    when: Time
    count: Count
    seconds: Seconds
    measured: float
    perhaps: float | None
    pairs: tuple[tuple[str, float], ...]
    inner: Inner | None
    by_name: Mapping[str, tuple[Inner, ...]]
    anything: object
    is_so: bool = later(False)
    words: tuple[str, ...] = later(())
    by_word: Mapping[str, int] = later(factory=dict)
    named: int = field(default=3, metadata=written_as("other_name"))


WHOLE = Outer(
    "on", "2025-03-01T12:00:05", 2, 0.5, 1.5, None, (("a", 0.5),), Inner("x"), {"n": (Inner("y", 4),)}, [1]
)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "outer.json"
    assert read_typed(Outer, path) is None
    path.write_text(json_text(WHOLE))
    assert read_typed(Outer, path) == WHOLE


def test_a_measured_number_that_is_not_finite_is_not_a_number(tmp_path: Path) -> None:
    path = tmp_path / "outer.json"
    path.write_text(json.dumps({**json.loads(json_text(WHOLE)), "measured": None, "pairs": [["a", None]]}))
    read = read_typed(Outer, path)
    assert read is not None
    assert isnan(read.measured)
    assert isnan(read.pairs[0][1])
    assert read.perhaps is None


def test_keys_of_later_versions_are_passed_over_and_theirs_take_their_defaults(tmp_path: Path) -> None:
    path = tmp_path / "outer.json"
    facts = json.loads(json_text(WHOLE))
    path.write_text(json.dumps({**facts, "inner": {"word": "x", "newer": 1}, "newest": {}}))
    assert read_typed(Outer, path) == WHOLE
    assert facts["other_name"] == 3
    del facts["is_so"], facts["words"], facts["by_word"]
    path.write_text(json.dumps(facts))
    assert read_typed(Outer, path) == WHOLE


ODD: dict[str, tuple[object, str]] = {
    "state": ("of", "`state` must be one of on, off, not 'of'"),
    "when": ("yesterday", "`when` must be a time in ISO 8601, not 'yesterday'"),
    "count": (-1, "`count` must be a whole number from 0, not -1"),
    "seconds": (-0.5, "`seconds` must be a number of seconds, not -0.5"),
    "measured": ("x", "`measured` must be a number or null, not 'x'"),
    "perhaps": ([], "`perhaps` must be a number or null, not a list of 0"),
    "pairs": ([["a", 1], ["b"]], "`pairs.1` must be a list of 2, not a list of 1"),
    "inner": ({}, "`inner.word` must be there, not null"),
    "by_name": ({"n": [{"word": 3}]}, "`by_name.n.0.word` must be text, not 3"),
    "is_so": (1, "`is_so` must be true or false, not 1"),
    "words": (None, "`words` must be a list, not null"),
}


@pytest.mark.parametrize("key", ODD)
def test_a_value_of_another_type_is_named(key: str, tmp_path: Path) -> None:
    path, (value, message) = tmp_path / "outer.json", ODD[key]
    path.write_text(json.dumps({**json.loads(json_text(WHOLE)), key: value}))
    with pytest.raises(RunDamaged) as damaged:
        read_typed(Outer, path)
    assert message in str(damaged.value)


@pytest.mark.parametrize("missing", ["count", "other_name"])
def test_a_key_must_be_there_unless_it_came_later(missing: str, tmp_path: Path) -> None:
    path = tmp_path / "outer.json"
    path.write_text(
        json.dumps({key: value for key, value in json.loads(json_text(WHOLE)).items() if key != missing})
    )
    with pytest.raises(RunDamaged, match=f"`{missing}` must be there"):
        read_typed(Outer, path)


def test_a_type_without_a_form_is_a_mistake_of_the_programmer() -> None:
    @dataclass
    class Odd:
        value: set[str]

    with pytest.raises(TypeError, match="no form is known"):
        form_of(Odd)
