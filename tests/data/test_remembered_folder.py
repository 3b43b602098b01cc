"""A folder is listed again when something in it has changed, or may have."""

import os
import time
from pathlib import Path

import pytest

from nettool.data.sources.folders.folder_names import FolderNames, RememberedFolders, names_in

AGO = 10


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a/1.png", "b/deep/2.png"):
        (tmp_path / "f" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "f" / name).touch()
    settle(tmp_path / "f")
    return tmp_path / "f"


def settle(folder: Path, ago: float = AGO) -> None:
    """As if the last change had been so many seconds ago."""
    for path in (folder, *(each for each in folder.rglob("*") if each.is_dir())):
        os.utime(path, (time.time() - ago,) * 2)


class Counted:
    def __init__(self) -> None:
        self.times = 0
        self.remembered: RememberedFolders[tuple[str, ...]] = RememberedFolders(self._names)

    def _names(self, path: Path) -> FolderNames:
        self.times += 1
        return names_in(path)

    def files(self, path: Path, name: str = "pets") -> list[str]:
        return sorted(self.remembered.known(path, name, lambda names: names.files))


def test_an_unchanged_folder_is_listed_once(folder: Path) -> None:
    counted = Counted()
    assert counted.files(folder) == counted.files(folder) == ["a/1.png", "b/deep/2.png"]
    assert counted.times == 1


def test_another_name_is_another_question(folder: Path) -> None:
    counted = Counted()
    assert counted.files(folder, "pets") == counted.files(folder, "cats")
    assert counted.times == 2


@pytest.mark.parametrize("changed", ["3.png", "a/3.png", "b/deep/3.png", "c/3.png"])
def test_a_file_that_was_added_is_found(folder: Path, changed: str) -> None:
    counted = Counted()
    counted.files(folder)
    (folder / changed).parent.mkdir(exist_ok=True)
    (folder / changed).touch()
    assert counted.files(folder) == sorted(["a/1.png", "b/deep/2.png", changed])


def test_a_file_or_folder_that_was_taken_away_is_missed(folder: Path) -> None:
    counted = Counted()
    counted.files(folder)
    (folder / "b/deep/2.png").unlink()
    assert counted.files(folder) == ["a/1.png"]
    (folder / "b/deep").rmdir()
    settle(folder)
    assert counted.files(folder) == ["a/1.png"]


def test_a_folder_that_was_changed_just_now_is_not_remembered(folder: Path) -> None:
    counted = Counted()
    (folder / "a/3.png").touch()
    counted.files(folder)
    counted.files(folder)
    assert counted.times == 2


def test_a_few_folders_are_remembered(folder: Path, tmp_path: Path) -> None:
    counted = Counted()
    others = [tmp_path / f"other_{number}" for number in range(4)]
    for other in others:
        other.mkdir()
        settle(other)
    for path in (folder, *others, *others):
        counted.files(path)
    assert counted.times == 5
    counted.files(folder)
    assert counted.times == 6
