"""How many processors this process may use."""

import os


def processors() -> int:
    """At least 1; what the system says of this process where it says it, or else all that the machine has."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS and Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
