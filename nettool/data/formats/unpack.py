"""Unpacks an archive into a folder, once, and whole or not at all; a folder that was changed, once more."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from nettool.data.failure import DataError
from nettool.data.formats.archive import Member, members
from nettool.data.formats.checksums import checksum_of_all, checksums_of
from nettool.data.formats.one_at_a_time import one_at_a_time
from nettool.data.place import own_cache
from nettool.data.sources.source import Say
from nettool.files.outside import read_file

_CONTENTS = ".contents.json"
"""In the folder: each file's name and SHA-256, as they were in the archive."""

_LARGEST = 1 << 30
"""Bytes: a hundred for each of ten million files."""

_PREFIX = ".unpacking-"


def unpacked(path: Path, folder: Path, say: Say) -> Path:
    """The folder with what is in the archive; unpacked now, which `say` reports, if it is not there yet.

    So it is where a file in the folder was lost or changed since. Raises DataError for an archive that is
    damaged or would write elsewhere, and when there is no room.
    """
    if _is_whole(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with one_at_a_time(folder.parent, lambda: say("waiting for another process that unpacks")):
            if not _is_whole(folder):
                why = ", where files were lost or changed" if folder.exists() else ""
                say(f"unpacking {path} into {folder}{why}")
                _unpack(path, folder)
    except OSError as error:
        message = f"`{path}` cannot be unpacked into {folder}: {error.strerror or error}"
        raise DataError(message) from error
    return folder


def _is_whole(folder: Path) -> bool:
    """Whether all files are as they were unpacked; contents are only read where sizes or times changed."""
    try:
        digests = checksums_in(folder)
        paths = {name: f"{folder}/{name}" for name in digests}
        return checksums_of(paths, str(folder), own_cache()).contents == checksum_of_all(digests)
    except (OSError, ValueError, TypeError, RecursionError):
        return False


def checksums_in(folder: Path) -> Mapping[str, str]:
    """The SHA-256 of each file of an unpacked archive, by its name. Raises OSError, ValueError."""
    found: Mapping[str, str] = json.loads(read_file(folder / _CONTENTS, _LARGEST))
    return found


def _unpack(path: Path, folder: Path) -> None:
    beside = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder.parent))
    try:
        digests = _written(path, beside / "new")
        (beside / "new" / _CONTENTS).write_text(json.dumps(digests), encoding="ascii")
        if os.path.lexists(folder):
            folder.rename(beside / "old")
        (beside / "new").rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _written(path: Path, folder: Path) -> Mapping[str, str]:
    """The digest of each file that was in the archive and is in the folder now."""
    folder.mkdir()
    digests = {}
    for member in members(path):
        place = folder / member.name
        if member.is_folder:
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            digests[member.name] = _write(member, place)
    digests.pop(_CONTENTS, None)
    return digests


def _write(member: Member, place: Path) -> str:
    digest = hashlib.sha256()
    with place.open("wb") as file:
        for piece in member.pieces():
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()
