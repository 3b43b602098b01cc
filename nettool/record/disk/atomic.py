"""Files that reach the disk whole or not at all: written beside their place, then renamed into it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from shutil import copyfile, rmtree
from tempfile import mkdtemp

from nettool.diagnostics.printable import utf_8

UNFINISHED = ".writing-"
"""How the names of folders and files begin that are still being written."""


def write_text(path: Path, text: str) -> None:
    """Put UTF-8 text at `path`, line ends as they are; raises OSError and then leaves what was there."""
    write_bytes(path, utf_8(text))


def write_bytes(path: Path, content: bytes) -> None:
    """Put bytes at `path`; raises OSError and then leaves what was there."""
    with replacing(path) as temporary:
        temporary.write_bytes(content)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to; what is written there takes the place of `path` when the block ends well.

    The given path has the same file name (and so the same suffix, which libraries look at) in a hidden
    folder beside. Missing parent folders are made. When the block raises, `path` is as it was before.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = _folder_for(path)
    temporary = folder / path.name
    try:
        yield temporary
        _reach_the_disk(temporary)
        temporary.replace(path)
    finally:
        rmtree(folder, ignore_errors=True)


def _folder_for(path: Path) -> Path:
    try:
        return Path(mkdtemp(dir=path.parent, prefix=UNFINISHED))
    except OSError as error:  # which names the folder that nobody asked for
        raise OSError(error.errno, error.strerror, str(path)) from error


def _reach_the_disk(path: Path) -> None:
    # Without it a power cut after the rename can leave the new name with no content.
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def also_at(path: Path, other: Path) -> None:
    """Let the file at `path` stand at `other`, too: as a link, or as a copy where there are no links.

    Neither may be written to afterwards, only replaced. Raises OSError and then leaves what was there.
    """
    other.parent.mkdir(parents=True, exist_ok=True)
    temporary = other.parent / f"{UNFINISHED}{token_hex(8)}"
    try:
        try:
            temporary.hardlink_to(path)
        except OSError:
            copyfile(path, temporary)
            _reach_the_disk(temporary)
        temporary.replace(other)
    finally:
        # Still there after a renaming that did nothing, as it does when both are links to one file.
        temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what writers left behind that were killed; only for whom nobody else writes there."""
    for left in folder.rglob(f"{UNFINISHED}*"):
        if left.is_dir():
            rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
