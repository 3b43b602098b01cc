"""A tar archive, packed or not, read in bounded pieces: its headers and its end can claim any size."""

import gzip
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from nettool.data.failure import DataError
from nettool.files.outside import open_file

PIECE = 1 << 20
"""Bytes to read at a time. `tarfile` reads a header at once, and none of a real archive is as long."""

_LONGEST_END = 1 << 24
"""Bytes that may follow the last member; tar fills up its last block, which is far shorter."""


@contextmanager
def open_tar(path: Path) -> Iterator[tarfile.TarFile]:
    """The archive, to be gone through once; at the end it is read out, as gzip compares its checksum there.

    A member's bytes must be read in pieces of at most PIECE. Raises DataError for a header or an end that is
    longer than any real one, and what `tarfile` and `gzip` raise for an archive that is damaged.
    """
    with open_file(path) as packed, open_packed(packed) as stream:
        pieces = cast(BinaryIO, _Pieces(stream, path))
        with tarfile.open(fileobj=pieces, mode="r:") as archive:
            yield archive
        left = _LONGEST_END
        while piece := stream.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise DataError(f"`{path}` has more than {_LONGEST_END >> 20} MB behind its last member")


def open_packed(stream: BinaryIO) -> BinaryIO:
    """The stream, unpacked as it is read if it is in gzip; expected to stand at its start, and to seek."""
    is_gzip = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    return cast(BinaryIO, gzip.open(stream)) if is_gzip else stream


class _Pieces:
    """A stream for `tarfile`, which asks for whatever a header says that it has."""

    def __init__(self, stream: BinaryIO, path: Path) -> None:
        self._stream, self._path = stream, path
        self.seek, self.tell = stream.seek, stream.tell

    def read(self, size: int) -> bytes:
        """So many bytes. Raises DataError for more than any header has."""
        if not 0 <= size <= PIECE:
            raise DataError(f"`{self._path}` has a header of more than {PIECE >> 20} MB")
        return self._stream.read(size)
