"""Unpacks an archive into a folder, once, and whole or not at all."""

import os
import shutil
import tempfile
from pathlib import Path

from nettool.data.archive import members
from nettool.data.failure import DataError
from nettool.data.one_at_a_time import one_at_a_time
from nettool.data.sources.source import Say


def unpacked(path: Path, folder: Path, say: Say) -> Path:
    """The folder with what is in the archive; unpacked now, which `say` is told of, if it is not there yet.

    Raises DataError for an archive that is damaged or would write elsewhere, and when there is no room.
    """
    if folder.is_dir():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with one_at_a_time(folder.parent, lambda: say("waiting for another process that unpacks")):
            if not folder.is_dir():
                say(f"unpacking {path} into {folder}")
                _unpack(path, folder)
    except OSError as error:
        told = f"`{path}` cannot be unpacked into {folder}: {error.strerror or error}"
        raise DataError(told) from error
    return folder


def _unpack(path: Path, folder: Path) -> None:
    beside = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=folder.parent))
    try:
        for member in members(path):
            place = beside / member.name
            if member.is_folder:
                place.mkdir(parents=True, exist_ok=True)
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("wb") as file:
                for piece in member.pieces():
                    file.write(piece)
        os.replace(beside, folder)  # noqa: PTH105 – a folder that another process made is no error to it
    finally:
        shutil.rmtree(beside, ignore_errors=True)
