"""The names of everything in a folder, hidden files and what systems leave in folders passed over."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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


def is_passed_over(name: str) -> bool:
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
            if is_passed_over(entry.name):
                continue
            is_folder = entry.is_dir()
            yield before + entry.name, is_folder
            if is_folder:
                yield from _walk(folder / entry.name, f"{before}{entry.name}/", above | {this})
