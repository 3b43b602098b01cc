"""Checksums of files, written `algorithm:digits`."""

import hashlib
from pathlib import Path

from nettool.files.outside import open_file


def file_checksum(path: Path, algorithm: str = "sha256") -> str:
    """The checksum of a file's bytes, such as `sha256:731c5ac6…`, read in pieces.

    `algorithm` is any name that `hashlib` knows. Raises OSError when the file cannot be read.
    """
    with open_file(path) as stream:
        return f"{algorithm}:{hashlib.file_digest(stream, algorithm).hexdigest()}"


def algorithm_of(checksum: str) -> str:
    """The algorithm of a written checksum: `sha256` of `sha256:731c5ac6…`."""
    return checksum.partition(":")[0]
