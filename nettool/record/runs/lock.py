"""A run directory is used by one process at a time: a lock of the operating system, gone with its process."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nettool.files.picklable_error import PicklableError
from nettool.files.process_lock import (
    is_taken,
    locks_are_advisory,
    open_to_lock,
    open_to_look,
    release,
    take,
)
from nettool.record.events.log import log_path
from nettool.record.files.status import read_status
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory

_ATTEMPTS = 10
"""Who only looks (`is_held`) holds the lock for an instant, too."""
_SECONDS_BETWEEN = 0.05


class RunInUse(PicklableError):
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
    """Hold the run while the block lasts. Raises RunInUse when another process holds it, and OSError.

    Where the operating system or the file system has no such locks, there is none.
    """
    descriptor = open_to_lock(_lock_path(run))
    try:
        _take(descriptor, run)
        yield
    finally:
        release(descriptor)


def is_held(run: RunDirectory) -> bool:
    """Whether a process holds the run: True, too, where that cannot be found out."""
    try:
        descriptor = open_to_look(_lock_path(run))
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        return is_taken(descriptor)
    except OSError:
        return True
    finally:
        release(descriptor)


def _lock_path(run: RunDirectory) -> Path:
    """train.log, which is never replaced; a file of its own where a locked one could not be written to."""
    return log_path(run) if locks_are_advisory() else run.path / ".lock"


def _take(descriptor: int, run: RunDirectory) -> None:
    for attempt in range(_ATTEMPTS):
        try:
            if take(descriptor):
                return
        except OSError:
            return
        if attempt < _ATTEMPTS - 1:
            time.sleep(_SECONDS_BETWEEN)
    raise RunInUse(run)
