"""A spec file → its text, or a plain diagnostic when there is none to be had."""

from pathlib import Path

from nettool.diagnostics.diagnostic import Diagnostic, SpecError
from nettool.diagnostics.source import Source
from nettool.diagnostics.suggest import did_you_mean
from nettool.files.outside import TooLarge, read_file, read_file_or_pipe

ENDINGS = (".yaml", ".yml")
"""How the names of spec files end."""

LARGEST_FILE = 4_000_000
"""Bytes that are read: far more than a spec of 10,000 nodes takes."""


def read_source(path: Path, *, or_pipe: bool = False) -> Source:
    """The text of a spec file; a pipe can be one where it says so. Raises SpecError for anything else."""
    try:
        data = (read_file_or_pipe if or_pipe else read_file)(path, LARGEST_FILE)
    except FileNotFoundError:
        missing = "it is a link to a file that is not there" if path.is_symlink() else "there is no such file"
        raise _unreadable(path, missing, _similar(path)) from None
    except TooLarge as error:
        raise _unreadable(path, f"{error.strerror}, which no spec has", None) from None
    except OSError as error:
        raise _unreadable(path, (error.strerror or str(error)).lower(), None) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        advice = "save it as UTF-8 text"
        raise _unreadable(path, f"it is not UTF-8 text (a stray byte in line {line})", advice) from None
    return Source(str(path), text)


def lies_inside(folder: Path, name: str) -> bool:
    """Whether a relative path stays in a folder, wherever links lead; nothing is read."""
    try:
        path = (folder / name).resolve()
    except (OSError, RuntimeError, ValueError):
        return False  # A link to itself, or a name that no file can have.
    return not Path(name).is_absolute() and path.is_relative_to(folder.resolve())


def _unreadable(path: Path, why: str, advice: str | None) -> SpecError:
    return SpecError((Diagnostic("NT100", f"cannot read `{path}`: {why}", help=advice),))


def _similar(path: Path) -> str | None:
    folder = path.parent
    if not folder.is_dir():
        return None
    specs = [each.name for each in sorted(folder.iterdir()) if each.suffix in ENDINGS]
    return did_you_mean(path.name, specs)
