"""One process at a time in a folder of downloads, so that two runs that start together fetch a file once."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def one_at_a_time(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the folder, which must exist, within the block; `waiting` is called when another process has it.

    The lock (flock on the folder itself) leaves no file behind and ends with the process, however that ends.
    Where the system or the file system has no such locks, nothing is held.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:  # some network file systems lock no folders; checksums still guard the files
            pass
        yield
    finally:
        os.close(handle)
