"""A word on the terminal for what takes a moment; when it is over, the word is gone."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import get_terminal_size

from nettool.cli.output.output import Output
from nettool.diagnostics.printable import one_line, printable, terminal

_CLEAR_LINE = "\r\x1b[K"


@contextmanager
def waiting(what: str, output: Output) -> Iterator[None]:
    """Say what is being done, on standard error, where that is a terminal and people read it.

    Plain text and no library: it is there before anything large is imported.
    """
    if not output.has_bars:
        yield
        return
    stream = terminal(sys.stderr)
    room = get_terminal_size().columns - 3
    stream.write(f"{printable(one_line(what))[:room]} …")
    stream.flush()
    try:
        yield
    finally:
        stream.write(_CLEAR_LINE)
        stream.flush()
