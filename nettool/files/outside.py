"""Opens what comes from outside: files alone, since a pipe can wait for ever and a device need not end."""

import errno
import os
import select
import stat
from io import BufferedReader
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Not to wait: what was a file a moment ago may be a pipe by now."""

_PIECE = 1 << 16
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


class NotAFile(OSError):
    """There is something at the path, but no file; `strerror` says what, as in `it is a pipe`."""


class TooLarge(OSError):
    """The file has more bytes than whoever asked for it takes; `strerror` says how many these are."""


def open_file(path: str | Path) -> BufferedReader:
    """A file to read bytes from, which can seek. Raises NotAFile, and OSError as `open` does."""
    return os.fdopen(_opened(path), "rb")


def read_file(path: str | Path, most: int) -> bytes:
    """All bytes of a file. Raises TooLarge for more than `most`, NotAFile, and OSError as `open` does.

    By the system's own calls, in half the time of Python's `open`: there may be 100,000 images.
    """
    file = _opened(path)
    try:
        size = os.fstat(file).st_size
        if size > most:
            raise _too_large(path, most)
        return _all_of(file, path, size, most)
    finally:
        os.close(file)


def read_text(path: str | Path, most: int) -> str:
    """A file's text in UTF-8. Raises UnicodeDecodeError, and OSError as `read_file` does."""
    return read_file(path, most).decode("utf-8")


def read_file_or_pipe(path: str | Path, most: int) -> bytes:
    """What `read_file` gives; and what a pipe or a terminal gives until it ends, waited for.

    A pipe that nobody writes to is no reason to wait: OSError.
    """
    kind = stat.S_IFMT(os.stat(path).st_mode)  # noqa: PTH116 – a path may be a text
    if kind not in (stat.S_IFIFO, stat.S_IFCHR):
        return read_file(path, most)
    file = os.open(path, _FLAGS)
    try:
        if kind == stat.S_IFCHR and not os.isatty(file):
            raise _not_a_file(path, kind)
        content = _all_of(file, path, 0, most)
    finally:
        os.close(file)
    if not content and kind == stat.S_IFIFO:
        raise OSError(errno.EPIPE, "it is a pipe that nobody writes to", str(path))
    return content


def check_is_file(path: str | Path) -> None:
    """For what a library opens by itself. Raises NotAFile, and OSError where nothing can be found out."""
    kind = stat.S_IFMT(os.stat(path).st_mode)  # noqa: PTH116 – a path may be a text
    if kind != stat.S_IFREG:
        raise _not_a_file(path, kind)


def _opened(path: str | Path) -> int:
    check_is_file(path)  # before it is opened: to open some devices does something
    file = os.open(path, _FLAGS)
    kind = stat.S_IFMT(os.fstat(file).st_mode)
    if kind != stat.S_IFREG:
        os.close(file)
        raise _not_a_file(path, kind)
    return file


def _all_of(file: int, path: str | Path, expected: int, most: int) -> bytes:
    pieces: list[bytes] = []
    left = most + 1
    while left > 0:
        try:
            piece = os.read(file, min(left, max(_PIECE, expected + 1)))
        except BlockingIOError:  # a pipe whose writer has not written yet
            select.select([file], [], [])
            continue
        if not piece:
            return pieces[0] if len(pieces) == 1 else b"".join(pieces)
        pieces.append(piece)
        left -= len(piece)
    raise _too_large(path, most)


def _not_a_file(path: str | Path, kind: int) -> NotAFile:
    return NotAFile(errno.EINVAL, f"it is {_KINDS.get(kind, 'no file')}", str(path))


def _too_large(path: str | Path, most: int) -> TooLarge:
    limit = f"{most / 1e6:,.0f} MB" if most >= 1_000_000 else f"{most:,} bytes"
    return TooLarge(errno.EFBIG, f"it has more than {limit}", str(path))
