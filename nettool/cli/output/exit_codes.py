"""What the exit status says; scripts and CI rely on it."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The end of a command, as the shell sees it."""

    DONE = 0
    RUN_FAILED = 1
    SPEC_WRONG = 2
    EXPECTATION_UNMET = 3
    DATA_MISSING = 4
    INTERRUPTED = 130
    READER_GONE = 141
    """What the shell shows for those whom the system ends because nobody reads them, as `yes | head` does."""
