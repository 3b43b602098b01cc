"""Runs the command line within the test's process as the console script does, and gives every byte that it prints.

On a terminal without nettool's own colours and bars.
"""

import gc
import os
import pty
import re
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from nettool.cli.main import main

OWN = re.compile(rb"\x1b\[([0-9;]*m|[0-9]*[AK]|\?25[hl])|\r")
"""Colours, and what a bar is drawn with."""


def piped(command: tuple[str, ...]) -> tuple[int, bytes]:
    code, shown = printed(command, os.pipe())
    return code, shown.replace(b"\r\n", b"\n")


def on_a_terminal(command: tuple[str, ...]) -> tuple[int, bytes]:
    code, shown = printed(command, pty.openpty())
    return code, OWN.sub(b"", shown)


def printed(command: tuple[str, ...], ends: tuple[int, int]) -> tuple[int, bytes]:
    """Runs it in this process, as the console script does, with the second end as both standard streams."""
    ours, theirs = ends
    pieces: list[bytes] = []
    reader = threading.Thread(target=lambda: pieces.extend(_pieces(ours)), daemon=True)
    reader.start()
    with streams_at(theirs), warnings.catch_warnings(), pytest.raises(SystemExit) as left:
        sys.argv = ["nettool", *command]
        main()
    gc.unfreeze()
    reader.join(60)
    os.close(ours)
    return int(left.value.code or 0), b"".join(pieces)


@contextmanager
def streams_at(end: int) -> Iterator[None]:
    """Has what Python and its libraries print go to the end, which is closed afterwards; nothing is to be read."""
    kept = {number: os.dup(number) for number in (0, 1, 2)}
    before = sys.stdin, sys.stdout, sys.stderr, sys.argv
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, source in ((0, nothing), (1, end), (2, end)):
        os.dup2(source, number)
    os.close(nothing)
    os.close(end)
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, "rww"[number], closefd=False) for number in (0, 1, 2)
    )
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        sys.stdin, sys.stdout, sys.stderr, sys.argv = before
        for number, own in kept.items():
            os.dup2(own, number)
            os.close(own)


def _pieces(end: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(end, 1 << 16)
        except OSError:  # the last one that wrote to a terminal has left it
            return
        if not piece:
            return
        yield piece
