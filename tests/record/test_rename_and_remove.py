from datetime import timedelta
from pathlib import Path

import pytest
from small_runs import NOON, write_run

from nettool.record.runs.find_run import find_run
from nettool.record.runs.lock import RunInUse, locked
from nettool.record.runs.rename_and_remove import remove_run, rename_run

LATER = NOON + timedelta(seconds=1)


def test_latest_is_the_newest_run_that_is_left(tmp_path: Path) -> None:
    older, newer = write_run(tmp_path), write_run(tmp_path, at=LATER)
    remove_run(newer)
    assert find_run(tmp_path, "digits_mlp") == older
    assert (tmp_path / "digits_mlp" / "latest").resolve() == older.path
    assert sorted(path.name for path in (tmp_path / "digits_mlp").iterdir()) == ["20250301-120000", "latest"]


def test_with_the_last_run_of_a_name_its_folder_goes(tmp_path: Path) -> None:
    remove_run(write_run(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_else_in_it_stays(tmp_path: Path) -> None:
    run = write_run(tmp_path)
    (tmp_path / "digits_mlp" / "notes.txt").touch()
    remove_run(run)
    assert [path.name for path in (tmp_path / "digits_mlp").iterdir()] == ["notes.txt"]


def test_a_run_in_use_is_neither_removed_nor_renamed(tmp_path: Path) -> None:
    run = write_run(tmp_path, state=None)
    with locked(run):
        with pytest.raises(RunInUse):
            remove_run(run)
        with pytest.raises(RunInUse):
            rename_run(run, "other")
    assert find_run(tmp_path, "digits_mlp") == run
    assert [path.name for path in tmp_path.iterdir()] == ["digits_mlp"]


def test_a_killed_run_can_be_removed(tmp_path: Path) -> None:
    remove_run(write_run(tmp_path, state=None))
    assert list(tmp_path.iterdir()) == []


def test_a_run_with_a_damaged_status_can_be_removed(tmp_path: Path) -> None:
    run = write_run(tmp_path)
    (run.path / "status.json").write_text("{")
    remove_run(run)
    assert list(tmp_path.iterdir()) == []


def test_a_renamed_run_keeps_its_stamp_and_latest_is_right_on_both_sides(tmp_path: Path) -> None:
    older, newer = write_run(tmp_path), write_run(tmp_path, at=LATER)
    there = write_run(tmp_path, name="kept", at=NOON - timedelta(days=1))
    moved = rename_run(newer, "kept")
    assert moved.path == tmp_path / "kept" / "20250301-120001"
    assert find_run(tmp_path, "kept/latest") == moved
    assert find_run(tmp_path, "digits_mlp/latest") == older
    assert there.path.is_dir()


def test_the_latest_of_a_name_stays_when_an_older_run_comes(tmp_path: Path) -> None:
    older, newer = write_run(tmp_path), write_run(tmp_path, name="kept", at=LATER)
    rename_run(older, "kept")
    assert find_run(tmp_path, "kept/latest") == newer
    assert not (tmp_path / "digits_mlp").exists()


def test_runs_of_one_second_are_told_apart_under_the_new_name(tmp_path: Path) -> None:
    write_run(tmp_path, name="kept")
    assert rename_run(write_run(tmp_path), "kept").path.name == "20250301-120000-2"


@pytest.mark.parametrize("name", ["latest", "a/b", "..", "digits_mlp"])
def test_a_name_that_cannot_be_is_refused(tmp_path: Path, name: str) -> None:
    run = write_run(tmp_path)
    with pytest.raises(ValueError, match="called"):
        rename_run(run, name)
    assert find_run(tmp_path, "digits_mlp") == run
