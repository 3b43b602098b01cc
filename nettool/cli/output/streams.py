"""Standard output and standard error as the shell gives them: closed, full, or with a reader that goes away.

What is written for a reader ends with its reader, without a word, as other Unix tools do. A training goes on:
its lines are in the run's log too. What only standard error would say is dropped.
"""

import errno
import io
import os
import re
import sys
from typing import TYPE_CHECKING, TextIO

from nettool.cli.output.exit_codes import ExitCode
from nettool.diagnostics.printable import make_printable

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_STANDARD = (0, 1, 2)
_POSSIBLE_SIZE = re.compile("[1-9][0-9]{0,5}")
"""Columns or lines of a terminal."""


def prepare_streams() -> None:
    """Open what the shell has closed, and let this module decide what a failing write means.

    A terminal that cannot show `→` or `×` shows `?`, instead of ending in an error, and obeys nothing that
    stands in a name.
    """
    _open_what_is_closed()
    _drop_impossible_size()
    sys.stdout = _guarded(sys.stdout, 1, is_needed=True)
    sys.stderr = _guarded(sys.stderr, 2, is_needed=False)
    make_printable()


def continue_without_reader() -> None:
    """From here on the command does its work whether or not anybody reads what it prints."""
    outlet = _raw(sys.stdout)
    if isinstance(outlet, _Outlet):
        outlet.is_needed = False


def _open_what_is_closed() -> None:
    """Otherwise the next file that is opened, one of a run perhaps, would be standard output."""
    for number in _STANDARD:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free


def _drop_impossible_size() -> None:
    """Then the terminal itself is asked; rich takes what stands there for a number, and 0 for a width."""
    for name in ("COLUMNS", "LINES"):
        if not _POSSIBLE_SIZE.fullmatch(os.environ.get(name, "")):
            os.environ.pop(name, None)


def _guarded(stream: TextIO | None, number: int, *, is_needed: bool) -> TextIO:
    encoding, is_by_line = "utf-8", not is_needed
    if isinstance(stream, io.TextIOWrapper):
        # To a stream in ASCII click would write by itself, in UTF-8.
        stream.reconfigure(encoding=None if stream.encoding != "ascii" else "utf-8", errors="replace")
        encoding, is_by_line = stream.encoding, stream.line_buffering or stream.write_through
    if stream is not None and type(_raw(stream)) is not io.FileIO:
        return stream  # the console of another system, or what stands in for a stream
    outlet = io.BufferedWriter(_Outlet(number, is_needed=is_needed))
    return io.TextIOWrapper(outlet, encoding, "replace", line_buffering=is_by_line)


def _raw(stream: TextIO | None) -> object:
    """What writes; Python that was started with `-u` has no buffer before it."""
    buffer = getattr(stream, "buffer", None)
    return getattr(buffer, "raw", buffer)


class _Outlet(io.FileIO):
    """A standard stream; once it cannot be written to, all that comes is dropped."""

    def __init__(self, number: int, *, is_needed: bool) -> None:
        super().__init__(number, "w", closefd=False)
        self.is_needed = is_needed
        self._uncounted = b""

    def write(self, data: "ReadableBuffer", /) -> int:
        """Raises SystemExit when the reader of what is needed has gone, and OSError when it is full."""
        data = bytes(memoryview(data))
        uncounted, self._uncounted = self._uncounted, b""
        if uncounted and data.startswith(uncounted):
            return len(uncounted)
        counts: list[int] = []
        try:
            # Ctrl-C is heard between the calls of Python, so the count is kept within the call that writes.
            counts.extend(map(super().write, (data,)))
            return counts[0]
        except KeyboardInterrupt:
            # The buffer, which gets no count, comes with the same again.
            self._uncounted = data[: sum(filter(None, counts))]
            raise
        except OSError as error:
            self._drop_the_rest()
            if not self.is_needed:
                return len(data)
            if error.errno == errno.EPIPE:
                raise SystemExit(ExitCode.READER_GONE) from None
            raise OSError(error.errno, error.strerror, "standard output") from None

    def _drop_the_rest(self) -> None:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, self.fileno())
        os.close(nothing)
