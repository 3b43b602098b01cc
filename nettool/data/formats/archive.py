"""What is in a zip or tar archive, member by member, once nothing in it can do harm."""

import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Any, BinaryIO, cast

from nettool.data.failure import DataError
from nettool.data.formats.tar_stream import PIECE, open_tar
from nettool.files.outside import NotAFile, open_file
from nettool.files.zip_listing import listing_bytes

ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz")

_TIMES_ITS_SIZE = 100
_ALWAYS_ALLOWED = 1 << 26
"""Bytes. Unpacked, an archive may be as large as this, or a hundred times its own size if that is more:
images hardly shrink when they are packed, and what grows by more is made to fill disks."""

_SMALLEST = 512
"""Bytes that a member takes at least, however small: it takes a block on the disk."""

_FEW, _LEAST = 5_000, 100
"""Of more members than a few, each must take as many bytes of the archive: the smallest image does."""

_DEEPEST = 100
_SHORT_LISTING = 1 << 19
"""Bytes of a list of members, which need not be compared with the archive's size."""

_PLAIN_IN_ZIP = (0o0, 0o04, 0o10)
"""Kinds of files in Unix's numbering: not said, a folder, a plain file."""

_UNUSUAL = re.compile(r"[\\:]|(^|/)\.{0,2}(/|$)")
"""What a name has that is not as good as it stands: most have none of it, and there are many."""

Open = Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A file or folder in the archive `path`; `name` is relative, with `/` between its parts."""

    path: Path
    name: str
    is_folder: bool
    size: int
    open: Open

    def pieces(self) -> Iterator[bytes]:
        """What is in the file; to be taken before the next member is asked for. Raises DataError."""
        with reporting_damage(self.path), self.open() as stream:
            while piece := stream.read(PIECE):
                yield piece


def members(path: Path) -> Iterator[Member]:
    """The files and folders in an archive, in its own order.

    Raises DataError for an archive that is damaged, encrypted, or grows far more than images do; and for a
    member that lies outside of the folder it is unpacked to, or is a link, a device or a pipe.
    """
    with reporting_damage(path):
        allowed = max(_ALWAYS_ALLOWED, _TIMES_ITS_SIZE * path.stat().st_size)
        most = max(_FEW, path.stat().st_size // _LEAST)
        found = _in_zip(path) if path.suffix.lower() == ".zip" else _in_tar(path)
        for number, member in enumerate(found, 1):
            if number > most:
                raise _too_small(path)
            allowed -= max(member.size, _SMALLEST)
            if allowed < 0:
                message = f"`{path}` would grow to more than {_TIMES_ITS_SIZE} times its size"
                raise DataError(message, ("expected: images, which hardly grow when they are unpacked",))
            yield member


def _in_zip(path: Path) -> Iterator[Member]:
    with open_file(path) as file:
        if max(_SHORT_LISTING, path.stat().st_size // 2) < listing_bytes(file):
            raise _too_small(path)
        yield from _entries(path, file)


def _entries(path: Path, file: BinaryIO) -> Iterator[Member]:
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            if entry.flag_bits & 1:
                raise DataError(f"`{path}` is encrypted", ("expected: an archive that needs no password",))
            if entry.external_attr >> 28 not in _PLAIN_IN_ZIP:
                raise _refused(path, entry.filename, "is a link, a device or a pipe")
            name = _checked_name(path, entry.filename)
            yield Member(path, name, entry.is_dir(), entry.file_size, _opening(archive.open, entry))


def _in_tar(path: Path) -> Iterator[Member]:
    with open_tar(path) as archive:
        for entry in archive:
            if not entry.isfile() and not entry.isdir():
                raise _refused(path, entry.name, "is a link, a device or a pipe")
            name = _checked_name(path, entry.name)
            yield Member(path, name, entry.isdir(), entry.size, _opening(archive.extractfile, entry))


def _opening(opener: Callable[[Any], Any], entry: object) -> Open:
    return lambda: cast(BinaryIO, opener(entry))


def _checked_name(path: Path, name: str) -> str:
    """The name without `./` before it and `/` after it."""
    if not _UNUSUAL.search(name) and name.count("/") < _DEEPEST:
        return name
    parts = PureWindowsPath(name)  # which knows both kinds of separators, and drives
    if parts.anchor or ".." in parts.parts:
        raise _refused(path, name, "lies outside of the folder that it is unpacked to")
    if len(parts.parts) > _DEEPEST:
        raise _refused(path, f"{name[:40]}…", f"lies more than {_DEEPEST} folders deep")
    return "/".join(parts.parts)


def _refused(path: Path, name: str, why: str) -> DataError:
    message = f"`{path}` holds `{name}`, which {why}"
    return DataError(message, ("expected: an archive of plain folders and files; nothing was unpacked",))


def _too_small(path: Path) -> DataError:
    message = f"`{path}` holds more files than there is room for images in it"
    return DataError(message, (f"expected: images, which take at least {_LEAST} bytes each",))


@contextmanager
def reporting_damage(path: Path) -> Iterator[None]:
    """Whatever goes wrong in reading the archive is a DataError."""
    damage = (zipfile.BadZipFile, tarfile.TarError, EOFError, zlib.error, NotImplementedError, OSError)
    try:
        yield
    except NotAFile as error:
        raise DataError(f"`{path}` cannot be read: {error.strerror}") from error
    except damage as error:
        raise DataError(f"`{path}` is a damaged archive: {str(error) or type(error).__name__}") from error
