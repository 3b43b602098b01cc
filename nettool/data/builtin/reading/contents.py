"""The bytes of a data set's files, read one after the other from a folder or out of an archive."""

import tarfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nettool.data.failure import DataError
from nettool.data.formats.tar_stream import PIECE, open_tar
from nettool.files.outside import read_file

MEMBER_LIMIT = 1 << 28
"""The longest file in bytes that is read; the longest published one has 155 million."""


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """A file's bytes and the name by which people know the file (its path, or its name in an archive)."""

    name: str
    data: bytes


def file_contents(paths: Iterable[Path]) -> Iterator[Content]:
    """The contents of these files, in this order. Raises DataError when one cannot be read."""
    for path in paths:
        try:
            yield Content(str(path), read_file(path, MEMBER_LIMIT))
        except OSError as error:
            raise DataError(f"`{path}` cannot be read: {error.strerror or error}") from error


def archive_contents(path: Path, members: tuple[str, ...]) -> Iterator[Content]:
    """The contents of these members of a tar archive (packed or not), in the given order.

    Everything else in the archive is skipped, and nothing is ever unpacked to disk, so it does not matter
    what an archive's other names or links point at. Raises DataError for an archive that is damaged or lacks
    a member.
    """
    try:
        found = _read_members(path, members)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise DataError(f"`{path}` is a damaged archive: {error}") from error
    for member in members:
        if member not in found:
            raise DataError(f"`{path}` lacks the file `{member}`", ("expected: the published archive",))
        yield Content(f"{path}: {member}", found.pop(member))


def _read_members(path: Path, members: tuple[str, ...]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    with open_tar(path) as archive:
        for entry in archive:
            name = entry.name.removeprefix("./")
            if name not in members or name in found or not entry.isfile() or entry.size > MEMBER_LIMIT:
                continue
            stream = archive.extractfile(entry)
            if stream is not None:
                found[name] = b"".join(iter(partial(stream.read, PIECE), b""))
    return found
