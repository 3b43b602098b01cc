"""How much memory this process has held at most."""

import sys


def peak_memory() -> int | None:
    """In bytes; None where the operating system does not say."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:
        return None
    # Linux counts in units of 1,024 bytes, macOS in bytes.
    return getrusage(RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
