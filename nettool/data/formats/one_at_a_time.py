"""One process at a time in a folder of downloads, so that two runs that start together fetch a file once."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from nettool.files.process_lock import locks_are_advisory, open_to_lock, release, take, wait_for


@contextmanager
def one_at_a_time(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the folder, which must exist, within the block; `waiting` is called when another process has it.

    The lock leaves no file behind and ends with the process, however that ends: it is on the folder itself,
    or, where folders cannot be locked, on a file in it that is removed again. Where the system or the file
    system has no such locks, nothing is held.
    """
    own = None if locks_are_advisory() else folder / ".in-use"
    descriptor = os.open(folder, os.O_RDONLY) if own is None else open_to_lock(own)
    try:
        with suppress(OSError):  # some network file systems lock no folders; checksums still guard the files
            if not take(descriptor):
                waiting()
                wait_for(descriptor)
        yield
    finally:
        release(descriptor)
        if own is not None:
            with suppress(OSError):  # another process is waiting for it
                own.unlink()
