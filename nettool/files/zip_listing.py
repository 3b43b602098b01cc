"""How long the list of members at the end of a zip archive is, before anything reads it."""

import os
import struct
from typing import BinaryIO

_LONGEST_END = (1 << 16) + 22
"""Bytes of the record at the end, with its comment."""

_LONG, _LONG_END = b"PK\6\6", struct.Struct("<4sQ2H2I4Q")


def listing_bytes(file: BinaryIO) -> int:
    """Bytes; 0 where the file is no archive. The file stands at its start afterwards."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - _LONGEST_END - _LONG_END.size - 20))
    end = file.read()
    file.seek(0)
    place, long = end.rfind(b"PK\5\6"), end.rfind(_LONG)
    size = 0
    if place >= 0 and len(end) >= place + 16:
        (size,) = struct.unpack_from("<I", end, place + 12)
    if long >= 0 and len(end) >= long + _LONG_END.size:
        size = max(size if size != 0xFFFFFFFF else 0, _LONG_END.unpack_from(end, long)[8])
    return int(size)
