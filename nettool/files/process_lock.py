"""Locks of the operating system on open files: they end with their process, however it ends.

Python's `filelock` takes them: `flock` on Unix, `LockFileEx` on Windows. It is imported when one is taken,
since that is the first moment that has time for it.
"""

import os
import time
from contextlib import suppress

_NEVER_ELSEWHERE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Flags: a link in the file's place is not followed, a pipe not waited for."""
_LOOKS = 3


def locks_are_advisory() -> bool:
    """Whether a locked file can still be read and written by others, and folders can be locked, as on Unix.

    Elsewhere a lock needs a file of its own.
    """
    try:
        import fcntl  # noqa: F401 - asked for
    except ImportError:
        return False
    return True


def open_to_lock(path: str | os.PathLike[str]) -> int:
    """A descriptor of the file, which is made if it is not there, and not changed. Raises OSError."""
    return os.open(path, os.O_RDWR | os.O_CREAT | _NEVER_ELSEWHERE, 0o666)


def open_to_look(path: str | os.PathLike[str]) -> int:
    """A descriptor of the file, to ask whether it is locked; it may be read-only. Raises OSError."""
    return os.open(path, os.O_RDONLY | _NEVER_ELSEWHERE)


def take(descriptor: int) -> bool:
    """Lock what is open; False when another process holds it. Raises OSError where there are no locks."""
    from filelock import lock_descriptor

    return lock_descriptor(descriptor, blocking=False)


def wait_for(descriptor: int) -> None:
    """Lock what is open as soon as nobody else holds it. Raises OSError where there are no locks."""
    from filelock import lock_descriptor

    lock_descriptor(descriptor)


def release(descriptor: int) -> None:
    """Close what is open, and with it end the lock."""
    try:
        # Windows would end it at some later moment.
        if not locks_are_advisory():
            from filelock import unlock_descriptor

            with suppress(OSError):
                unlock_descriptor(descriptor)
    finally:
        os.close(descriptor)


def is_taken(descriptor: int) -> bool:
    """Whether another process holds the lock on what is open. Raises OSError where there are no locks."""
    try:
        import fcntl
    except ImportError:
        return not _can_be_taken(descriptor)
    # Shared: those who only look do not see each other, and a read-only file will do on any file system.
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return True
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    return False


def _can_be_taken(descriptor: int) -> bool:
    for look in range(_LOOKS):
        if take(descriptor):
            return True
        if look < _LOOKS - 1:
            # Another one that only looks holds it for an instant.
            time.sleep(0.01)
    return False
