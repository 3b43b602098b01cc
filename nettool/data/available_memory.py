"""How much memory this process may still take."""

import os
from pathlib import Path

_WITHOUT_SAYING = 1 << 32
"""Bytes taken for available where the system does not say."""

_SYSTEM = Path("/proc/meminfo")
_LIMIT, _USED = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")


def available_memory() -> int:
    """Bytes: what the system could give without swapping, or what the container's limit leaves, if less."""
    container = _of_container()
    system = _of_system()
    return system if container is None else min(system, container)


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
