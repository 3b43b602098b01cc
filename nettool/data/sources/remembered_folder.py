"""What is known of a folder, remembered as long as nothing in it has changed: to list one takes its time."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from nettool.data.sources.folder_names import FolderNames

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
