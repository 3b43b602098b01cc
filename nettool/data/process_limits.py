"""How much memory this process may still take, and how many processors it may use."""

import os
from pathlib import Path

_WITHOUT_SAYING = 1 << 32
"""Bytes taken for available where the system does not say."""

_SYSTEM = Path("/proc/meminfo")
_SIZE = Path("/proc/self/statm")
_LIMIT, _USED = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")


def available_memory() -> int:
    """Bytes: what the system could give without swapping, or what a limit leaves, if less.

    Limits are those of a container and of the process (`ulimit -v`).
    """
    limits = (_of_container(), _of_process())
    return min((_of_system(), *(limit for limit in limits if limit is not None)))


def _of_system() -> int:
    try:
        for line in _SYSTEM.read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return _WITHOUT_SAYING


def _of_container() -> int | None:
    try:
        return max(0, int(_LIMIT.read_text(encoding="ascii")) - int(_USED.read_text(encoding="ascii")))
    except (OSError, ValueError):  # there is no limit: no such file, or `max`
        return None


def address_space() -> int | None:
    """Bytes: what the process may have in all (`ulimit -v`); None where there is no limit."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_AS, getrlimit
    except ImportError:
        return None
    limit = getrlimit(RLIMIT_AS)[0]
    return None if limit == RLIM_INFINITY else limit


def _of_process() -> int | None:
    limit = address_space()
    if limit is None:
        return None
    try:
        pages = int(_SIZE.read_text(encoding="ascii").split()[0])
        return max(0, limit - pages * os.sysconf("SC_PAGE_SIZE"))
    except (OSError, ValueError):
        return None


def processors() -> int:
    """At least 1; what the system says of this process where it says it, or else all that the machine has."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS and Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
