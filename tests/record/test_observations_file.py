"""observations.json: what was seen of a run, for its report."""

from dataclasses import replace
from pathlib import Path

import pytest
from reported_runs import DIGIT, IMAGE, PRICE, SEEN

from nettool.record.files.observations import (
    Observations,
    SeenClass,
    SeenNumbers,
    observations_path,
    read_observations,
    write_observations,
)
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory

NOT_FINITE = SeenNumbers("price", "price", 2, float("nan"), float("inf"), 0.0, ((1.0, float("nan")),))


@pytest.mark.parametrize(
    "seen",
    [SEEN, Observations({"train": 3}), Observations({"test": 2}, 5, (DIGIT, DIGIT), (PRICE,), (IMAGE,))],
)
def test_what_is_written_reads_back_the_same(seen: Observations, tmp_path: Path) -> None:
    write_observations(RunDirectory(tmp_path), seen)
    assert read_observations(RunDirectory(tmp_path)) == seen


def test_nothing_is_there_before_it_is_written(tmp_path: Path) -> None:
    assert read_observations(RunDirectory(tmp_path)) is None


def test_what_is_not_finite_reads_back_as_unknown(tmp_path: Path) -> None:
    write_observations(RunDirectory(tmp_path), Observations({}, numbers=(NOT_FINITE,)))
    seen = read_observations(RunDirectory(tmp_path))
    assert seen is not None
    assert seen.numbers == (SeenNumbers("price", "price", 2, None, None, 0.0, ((1.0, None),)),)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"samples": {"train": "many"}}'])
def test_something_else_is_a_damaged_run(text: str, tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    observations_path(run).write_text(text)
    with pytest.raises(RunDamaged, match=r"observations\.json is damaged"):
        read_observations(run)


def test_a_class_with_more_right_samples_than_it_has_is_a_damaged_run(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    digit = replace(DIGIT, matrix=(), by_class=tuple(SeenClass(3, 5, 5) for _ in DIGIT.classes))
    write_observations(run, Observations({"test": 100}, classes=(digit,)))
    with pytest.raises(RunDamaged, match="of a class of `digit` more samples are right than there are"):
        read_observations(run)
