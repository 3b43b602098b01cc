from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import pytest

from nettool.record.files.status import start
from nettool.record.run_directory import RunDirectory, create
from nettool.record.runs.find_run import find_run

NOON = datetime(2025, 3, 1, 12, 0, 0)
LATER = datetime(2025, 3, 1, 12, 0, 1)


def started(runs: Path, name: str, now: datetime) -> Path:
    run = create(runs, name, now)
    start(run, now)
    return run.path


def test_a_run_is_named_by_its_network_and_its_second(tmp_path: Path) -> None:
    assert create(tmp_path / "runs", "resnet", NOON).path == tmp_path / "runs/resnet/20250301-120000"


def test_runs_of_one_second_are_told_apart(tmp_path: Path) -> None:
    names = [create(tmp_path, "resnet", NOON).path.name for _ in range(3)]
    assert names == ["20250301-120000", "20250301-120000-2", "20250301-120000-3"]


def test_creators_at_the_same_moment_never_get_one_folder(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(lambda _: create(tmp_path, "resnet", NOON).path, range(24)))
    assert len(set(paths)) == 24
    assert (tmp_path / "resnet" / "latest").resolve() in paths
    assert sorted(path.name for path in (tmp_path / "resnet").iterdir() if path.name.startswith(".")) == []


def test_latest_points_at_the_newest_run_by_a_link_that_can_be_moved(tmp_path: Path) -> None:
    create(tmp_path, "resnet", NOON)
    create(tmp_path, "resnet", LATER)
    latest = tmp_path / "resnet" / "latest"
    assert str(latest.readlink()) == "20250301-120001"
    assert latest.is_dir()


def test_without_links_latest_is_a_text_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise OSError("links are not allowed here")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    started(tmp_path, "resnet", NOON)
    newest = started(tmp_path, "resnet", LATER)
    assert (tmp_path / "resnet" / "latest").read_text() == "20250301-120001\n"
    assert find_run(tmp_path, "resnet/latest") == RunDirectory(newest)


@pytest.mark.parametrize("name", ["", ".", "..", "latest", "a/b", "a\\b"])
def test_a_name_that_is_no_folder_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="cannot be called"):
        create(tmp_path / "runs", name, NOON)
    assert not (tmp_path / "runs").exists()


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """Two networks; the newest run of all is the second of two in one second."""
    runs = tmp_path / "runs"
    started(runs, "resnet", NOON)
    started(runs, "mlp", LATER)
    for _ in range(11):
        started(runs, "resnet", LATER)
    create(runs, "empty", datetime(2030, 1, 1))
    return runs


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("resnet/20250301-120000", "resnet/20250301-120000"),
        ("resnet/20250301-120001-2", "resnet/20250301-120001-2"),
        ("resnet", "resnet/20250301-120001-11"),
        ("resnet/", "resnet/20250301-120001-11"),
        ("resnet/latest", "resnet/20250301-120001-11"),
        ("mlp", "mlp/20250301-120001"),
        ("latest", "resnet/20250301-120001-11"),
        ("vgg", None),
        ("resnet/20990101-000000", None),
        ("empty", None),
        ("", None),
    ],
)
def test_a_run_is_found_by_what_people_call_it(runs: Path, text: str, found: str | None) -> None:
    run = find_run(runs, text)
    assert (run and str(run.path.relative_to(runs.resolve()))) == found


def test_a_run_is_found_by_its_path_wherever_it_lies(runs: Path, tmp_path: Path) -> None:
    moved = (runs / "mlp/20250301-120001").rename(tmp_path / "a run that I keep")
    assert find_run(Path("nowhere"), str(moved)) == RunDirectory(moved.resolve())


def test_the_path_of_all_runs_of_a_name_means_its_newest(runs: Path) -> None:
    expected = RunDirectory((runs / "resnet/20250301-120001-11").resolve())
    assert find_run(Path("nowhere"), str(runs / "resnet")) == expected
    assert find_run(Path("nowhere"), str(runs / "resnet" / "latest")) == expected


def test_when_the_newest_run_was_deleted_the_one_before_is_found(runs: Path) -> None:
    newest = runs / "resnet/20250301-120001-11"
    (newest / "status.json").unlink()
    newest.rmdir()
    assert find_run(runs, "resnet") == RunDirectory((runs / "resnet/20250301-120001-10").resolve())


def test_nothing_is_found_where_nothing_ran_yet(tmp_path: Path) -> None:
    assert find_run(tmp_path / "runs", "latest") is None
    assert find_run(tmp_path / "runs", "resnet") is None
