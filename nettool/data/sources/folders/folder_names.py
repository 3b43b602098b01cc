"""The names of everything in a folder, remembered as long as nothing in it has changed.

Hidden files and what systems leave in folders are skipped.
"""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from nettool.data.failure import DataError

_DEEPEST = 100
_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class FolderNames:
    """Names relative to the folder, with `/` between their parts: of its files, and of its sub-folders."""

    files: tuple[str, ...]
    folders: tuple[str, ...]


def names_in(folder: Path) -> FolderNames:
    """The names of all files and folders in a folder, however deep; links are followed, but not in circles.

    Raises DataError when a folder cannot be read.
    """
    files: list[str] = []
    folders: list[str] = []
    try:
        for name, is_folder in _walk(folder, "", frozenset()):
            (folders if is_folder else files).append(name)
    except OSError as error:
        raise DataError(f"`{error.filename or folder}` cannot be read: {error.strerror or error}") from error
    return FolderNames(tuple(files), tuple(folders))


def is_skipped(name: str) -> bool:
    """Whether some part of a relative name is hidden or made by a system for itself."""
    return any(part.startswith(".") or part.lower() in _LEFT_BY_SYSTEMS for part in name.split("/"))


def _walk(folder: Path, before: str, above: frozenset[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    status = folder.stat()
    this = (status.st_dev, status.st_ino)
    if this in above:
        return
    if len(above) >= _DEEPEST:
        raise DataError(f"`{before[:40]}…` has folders in each other, more than {_DEEPEST} deep")
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_skipped(entry.name):
                continue
            is_folder = entry.is_dir()
            yield before + entry.name, is_folder
            if is_folder:
                yield from _walk(folder / entry.name, f"{before}{entry.name}/", above | {this})


_MOST = 4
_SETTLED = 2_000_000_000
"""Nanoseconds. A change right after another one may leave a folder's time as it is (some systems count in
seconds): a folder is only known to be unchanged where its last change was so long before it was listed."""

States = tuple[int, ...]
Known = TypeVar("Known")


class RememberedFolders(Generic[Known]):
    """What `find` makes of the names in a folder; names alone count, not what is in the files."""

    def __init__(self, names_in: Callable[[Path], FolderNames]) -> None:
        self._names_in = names_in
        self._found: dict[tuple[Path, str], tuple[FolderNames, States, Known]] = {}

    def known(self, path: Path, name: str, find: Callable[[FolderNames], Known]) -> Known:
        """What is remembered of the folder under this name, or what is found now."""
        known = self._found.get((path, name))
        if known is not None and _states(path, known[0]) == known[1]:
            return known[2]
        begun = time.time_ns()
        names = self._names_in(path)
        states = _states(path, names)
        found = find(names)
        if states is not None and max(states) < begun - _SETTLED:
            while len(self._found) >= _MOST:
                self._found.pop(next(iter(self._found)))
            self._found[path, name] = (names, states, found)
        return found


def _states(path: Path, names: FolderNames) -> States | None:
    """When names were last added to the folders or taken from them."""
    try:
        return tuple(os.stat(folder).st_mtime_ns for folder in _folders(path, names))  # noqa: PTH116 – many
    except OSError:
        return None


def _folders(path: Path, names: FolderNames) -> list[str]:
    return [str(path), *(f"{path}/{folder}" for folder in names.folders)]
