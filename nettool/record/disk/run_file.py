"""Every file of a run is read here: what it holds, or what is wrong with it. A run may come from anybody."""

import json
from pathlib import Path
from typing import Any

from nettool.files.outside import NotAFile, TooLarge
from nettool.files.outside import read_file as read_outside
from nettool.record.disk.forms import Form, Misfit
from nettool.record.run_damaged import RunDamaged

LARGEST_TEXT = 64_000_000
"""Bytes of text that are read: far more than a run writes, but for the matrix of thousands of classes."""


def read_json(path: Path, form: Form, largest: int = LARGEST_TEXT) -> Any:  # noqa: ANN401 - what the form says
    """The value in a JSON file, which has the form. Raises FileNotFoundError, RunDamaged and OSError."""
    return checked_json(path, read_file(path, largest), form)


def checked_json(path: Path, content: bytes, form: Form) -> Any:  # noqa: ANN401 - what the form says
    """The value in these bytes, which has the form. Raises RunDamaged, naming `path`."""
    try:
        value = json.loads(content.decode("utf-8"))
    except RecursionError:
        raise RunDamaged(path, "it is nested too deeply") from None
    except ValueError:
        raise RunDamaged(path, "it is not JSON") from None
    try:
        form(value)
    except Misfit as misfit:
        raise RunDamaged(path, str(misfit)) from None
    return value


def read_text(path: Path, largest: int = LARGEST_TEXT) -> str:
    """The text of a file, however odd. Raises FileNotFoundError, RunDamaged and OSError."""
    return read_file(path, largest).decode("utf-8", errors="replace")


def read_file(path: Path, largest: int = LARGEST_TEXT) -> bytes:
    """The bytes of a regular file.

    Raises RunDamaged for a folder, a pipe or a device, and for more bytes than `largest`;
    FileNotFoundError and OSError.
    """
    try:
        return read_outside(path, largest)
    except (NotAFile, TooLarge) as error:
        raise RunDamaged(path, error.strerror or "") from None
