"""A run directory is used by one process at a time: a lock of the operating system, gone with its process."""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from nettool.record.events.log import log_path
from nettool.record.files.status import read_status
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory

_TAKEN = (errno.EACCES, errno.EAGAIN)
_NEVER_ELSEWHERE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Flags: a link in the log's place is not followed, a pipe not waited for."""
_ATTEMPTS = 3
"""Who only looks (`is_held`) holds the lock for an instant, too."""


class RunInUse(Exception):
    """Another process works in the run directory."""

    def __init__(self, run: RunDirectory) -> None:
        try:
            status = read_status(run)
        except RunDamaged:
            status = None
        who = "another process" if status is None else f"another process (number {status.pid})"
        super().__init__(f"{run.path} is being used by {who}: wait until it has ended, or stop it")


@contextmanager
def locked(run: RunDirectory) -> Iterator[None]:
    """Hold the run while the block lasts. Raises RunInUse at once when another process holds it, and OSError.

    The lock is on train.log, which is never replaced. Where the operating system or the file system has no
    such locks, there is none.
    """
    descriptor = os.open(log_path(run), os.O_RDWR | os.O_CREAT | _NEVER_ELSEWHERE, 0o666)
    try:
        _take(descriptor, run)
        yield
    finally:
        os.close(descriptor)


def is_held(run: RunDirectory) -> bool:
    """Whether a process holds the run: True, too, where that cannot be found out."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        descriptor = os.open(log_path(run), os.O_RDONLY | _NEVER_ELSEWHERE)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


def _take(descriptor: int, run: RunDirectory) -> None:
    try:
        import fcntl
    except ImportError:
        return
    for attempt in range(_ATTEMPTS):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in _TAKEN:
                return
            if attempt == _ATTEMPTS - 1:
                raise RunInUse(run) from None
            time.sleep(0.05)
        else:
            return
