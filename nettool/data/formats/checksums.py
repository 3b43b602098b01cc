"""Checksums of files, written `algorithm:digits`: of one, or of the names and contents of many.

The contents of many files are read once for as long as they stay.

Thousands of files are read by a process of their own: in the seconds in which TensorFlow is imported, each
call to the system would wait for Python's lock. This file is both sides of what they say to each other.

    python -m nettool.data.formats.checksums

It is given names, paths and the file to remember contents in, as JSON, and answers with both checksums.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from nettool.files.outside import open_file, read_file

WORTH_A_PROCESS = 200
"""Files; to start a process takes about a tenth of a second."""

_SETTLED = 2_000_000_000
"""Nanoseconds. A file that was changed so shortly before may change again and keep its time."""

_UNREADABLE = "unreadable"
"""Stands for the contents of what cannot be read; what wants to decode it says why it cannot."""

_LARGEST = 1 << 30
"""Bytes that are read of what is remembered: two hundred for each of five million files."""

_DIGEST = re.compile("[0-9a-f]{64}")

State = list[int | str]
"""A file's size, times of change and number on the disk, and its contents' SHA-256."""


@dataclass(frozen=True, slots=True)
class Checksums:
    """Of names and contents, and of names and sizes alone, as runs of earlier versions have it.

    `by_name` has the SHA-256 of the contents of each file.
    """

    contents: str
    sizes: str
    by_name: Mapping[str, str]


def checksums_of(paths: Mapping[str, str], place: str, cache: Path) -> Checksums:
    """Of the files at these paths, by the names that count; `place` is where they belong to.

    What is found is kept in nettool's own `cache`. Raises OSError for a file that is not there.
    """
    names = sorted(paths)
    key = hashlib.sha256(place.encode(errors="surrogateescape")).hexdigest()
    request = _Request(names, [paths[name] for name in names], str(cache / "contents" / f"{key}.json"))
    found = _by_a_process(request) if len(names) >= WORTH_A_PROCESS else None
    return _found(request) if found is None else found


def checksum_of_all(digests: Mapping[str, str]) -> str:
    """What `checksums_of` gives for files of these names and contents, given as SHA-256."""
    contents = hashlib.sha256()
    for name in sorted(digests):
        contents.update(_line(name, digests[name]))
    return f"sha256:{contents.hexdigest()}"


@dataclass(frozen=True, slots=True)
class _Request:
    names: Sequence[str]
    paths: Sequence[str]
    memory: str


def _by_a_process(request: _Request) -> Checksums | None:
    """None where it could not do it: then the one who asks does, and hears why it cannot be done."""
    try:
        done = subprocess.run(
            # -P: a file of the user's that is named like a module of Python's must not be imported.
            [sys.executable, "-P", "-m", __spec__.name],
            input=json.dumps(asdict(request)).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        return Checksums(**json.loads(done.stdout))
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None


def _found(request: _Request) -> Checksums:
    before = _remembered(request.memory)
    now: dict[str, State] = {}
    contents, sizes = hashlib.sha256(), hashlib.sha256()
    by_name = {}
    for name, path in zip(request.names, request.paths, strict=True):
        begun = time.time_ns()
        status = os.stat(path)  # noqa: PTH116 – tens of thousands of them
        state = [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
        known = before.get(path)
        is_known = isinstance(known, list) and known[:-1] == state and _is_digest(known[-1])
        digest = str(known[-1]) if is_known and known is not None else _digest(path)
        if digest != _UNREADABLE and max(status.st_mtime_ns, status.st_ctime_ns) < begun - _SETTLED:
            now[path] = [*state, digest]
        by_name[name] = digest
        contents.update(_line(name, digest))
        sizes.update(_line(name, status.st_size))
    if now != before:
        _remember(request.memory, now)
    return Checksums(f"sha256:{contents.hexdigest()}", f"sha256:{sizes.hexdigest()}", by_name)


def _line(name: str, value: object) -> bytes:
    return f"{name}\t{value}\n".encode(errors="surrogateescape")


def _is_digest(found: object) -> bool:
    return isinstance(found, str) and _DIGEST.fullmatch(found) is not None


def _digest(path: str) -> str:
    try:
        with open_file(path) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return _UNREADABLE


def _remembered(memory: str) -> dict[str, State]:
    """Nothing where it is damaged: everything is read anew."""
    try:
        found = json.loads(read_file(memory, _LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _remember(memory: str, states: Mapping[str, State]) -> None:
    """Whole or not at all; where nothing can be written, everything is read again the next time."""
    temporary = Path(f"{memory}.{os.getpid()}.tmp")
    with suppress(OSError):
        temporary.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(states), encoding="ascii")
        temporary.replace(memory)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_found(_Request(**json.load(sys.stdin.buffer))))))


def file_checksum(path: Path, algorithm: str = "sha256") -> str:
    """The checksum of a file's bytes, such as `sha256:731c5ac6…`, read in pieces.

    `algorithm` is any name that `hashlib` knows. Raises OSError when the file cannot be read.
    """
    with open_file(path) as stream:
        return f"{algorithm}:{hashlib.file_digest(stream, algorithm).hexdigest()}"


def algorithm_of(checksum: str) -> str:
    """The algorithm of a written checksum: `sha256` of `sha256:731c5ac6…`."""
    return checksum.partition(":")[0]
