"""What `-o` names is written to as the user means it: links are followed, a pipe or a device stays one."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nettool.record.disk.atomic import UNFINISHED, replacing


@contextmanager
def output_file(path: Path) -> Iterator[Path]:
    """Give a path to write to; a file at `path` is replaced, with its mode, when the block ends well.

    What is no file (a device, a pipe, `/dev/stdout`) is written to as it is.
    Raises OSError, with `path` where it names no other.
    """
    kind_and_mode = _mode(path)
    try:
        if kind_and_mode is not None and not stat.S_ISREG(kind_and_mode):
            yield path
            return
        with replacing(path.resolve()) as temporary:
            yield temporary
            if kind_and_mode is not None:
                temporary.chmod(stat.S_IMODE(kind_and_mode))
    except OSError as error:
        # The block may have failed to read another file, which is then named.
        if error.filename is not None and UNFINISHED not in str(error.filename):
            raise
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


def write_output(path: Path, content: bytes) -> None:
    """Put bytes where the user says, as `output_file` does."""
    with output_file(path) as place:
        place.write_bytes(content)


def _mode(path: Path) -> int | None:
    try:
        return os.stat(path).st_mode  # noqa: PTH116 – follows links, also those of /dev/fd
    except FileNotFoundError:
        return None
