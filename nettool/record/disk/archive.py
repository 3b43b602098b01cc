"""The ZIP archives of a run (models and states), opened so that none unpacks to more than the file itself."""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - a class, whatever its name

from nettool.files.outside import NotAFile, open_file
from nettool.record.run_damaged import RunDamaged

_UNREADABLE = (BadZipFile, EOFError, ValueError, RuntimeError, KeyError, struct.error, ZlibError)
"""What reading an archive may raise when bytes of its own headers are wrong."""

_LONGEST_END = 22 + 65_535
_LONGEST_LISTING = 8_000_000
"""Bytes of an archive's list of members: a hundred thousand of them."""


@contextmanager
def opened_archive(path: Path) -> Iterator[ZipFile]:
    """An archive to read from. Nothing in it is compressed, so its members are no larger than its file.

    Raises FileNotFoundError, OSError of the disk, and RunDamaged for anything else than a whole archive, also
    where it only shows in the block that reads it.
    """
    try:
        with open_file(path) as file:
            _require_short_listing(file, path)
            with ZipFile(file) as archive:
                _require_no_larger(archive, os.fstat(file.fileno()).st_size, path)
                yield archive
    except (RunDamaged, FileNotFoundError):
        raise
    except NotAFile as error:
        raise RunDamaged(path, error.strerror or "") from None
    except OSError as error:
        # A wrong offset leads to a place that no file has; all other errors are the disk's.
        if error.errno != EINVAL:
            raise
        raise RunDamaged(path, "it is cut off or not an archive") from None
    except (*_UNREADABLE, NotImplementedError):
        raise RunDamaged(path, "it is cut off or not an archive") from None


def _require_no_larger(archive: ZipFile, size: int, path: Path) -> None:
    if sum(each.file_size for each in archive.infolist()) > size:
        raise RunDamaged(path, "it unpacks to more bytes than it has")


def _require_short_listing(file: BinaryIO, path: Path) -> None:
    """Refuse an archive of so many members that reading their names alone would take seconds."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - _LONGEST_END))
    end = file.read()
    place = end.rfind(b"PK\5\6")
    if place >= 0 and len(end) >= place + 16:
        (size,) = struct.unpack_from("<I", end, place + 12)
        # 2**32 - 1 says that a longer form of the record has the size.
        if size > _LONGEST_LISTING:
            raise RunDamaged(path, "it lists more members than any run writes")
    file.seek(0)
