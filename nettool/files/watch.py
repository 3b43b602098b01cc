"""Files that people edit, looked at again whenever they are saved."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

_PAUSE = 0.2
"""Seconds between two looks."""
_LOOKS_WITHOUT = 5
"""So many looks without a file, and it is gone; an editor may put another one in its place."""

_State = tuple[int, int, int] | None


def saves(
    paths: Sequence[Path], pause: Callable[[], None] = lambda: time.sleep(_PAUSE)
) -> Iterator[tuple[Path, ...]]:
    """The files that were saved, or have gone, since this was called or gave some; without end.

    What is still being written is waited for: a file counts when two looks find the same.
    """
    return _saves({path: _state(path) for path in paths}, pause)


def _saves(known: dict[Path, _State], pause: Callable[[], None]) -> Iterator[tuple[Path, ...]]:
    paths = tuple(known)
    seen = dict(known)
    absent = dict.fromkeys(paths, 0)
    while True:
        pause()
        now = {path: _state(path) for path in paths}
        for path in paths:
            absent[path] = 0 if now[path] is not None else absent[path] + 1
        changed = tuple(
            path
            for path in paths
            if now[path] != known[path]
            and now[path] == seen[path]
            and (now[path] is not None or absent[path] >= _LOOKS_WITHOUT)
        )
        seen = now
        known.update({path: now[path] for path in changed})
        if changed:
            yield changed


def _state(path: Path) -> _State:
    """What changes when a file is saved; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 – follows links
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino)
