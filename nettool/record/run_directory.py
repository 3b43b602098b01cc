"""The folder of one run: `<runs>/<name>/<YYYYmmdd-HHMMSS>[-2, -3 …]`, made for it alone."""

import errno
import os
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from nettool.record.disk.atomic import write_text

LATEST = "latest"
"""What the newest run is called, in words to `find_run` and as a link beside the runs of one name."""


@dataclass(frozen=True, slots=True)
class RunDirectory:
    """A folder that holds one run."""

    path: Path


def require_present(run: RunDirectory) -> None:
    """Raise FileNotFoundError when the directory is gone: whoever writes files whole would make it anew."""
    if not run.path.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(run.path))


def create(runs_dir: Path, name: str, now: datetime, *, is_latest: bool = True) -> RunDirectory:
    """Make a new folder for a run of `name`, and let `<name>/latest` point at it if it `is_latest`.

    Raises ValueError when `name` cannot be a folder's name, OSError when nothing can be written there.
    """
    runs_of_name = folder_of(runs_dir, name)
    runs_of_name.mkdir(parents=True, exist_ok=True)
    path = make_new(runs_of_name, now.strftime("%Y%m%d-%H%M%S"))
    if is_latest:
        point_latest_at(path)
    return RunDirectory(path)


def folder_of(runs_dir: Path, name: str) -> Path:
    """Where the runs of that name are. Raises ValueError when it cannot be a folder's name."""
    if name in {"", ".", "..", LATEST} or "/" in name or "\\" in name or "\0" in name:
        raise ValueError(f"a run cannot be called {name!r}: choose a plain name that is not `{LATEST}`")
    return runs_dir / name


def make_new(parent: Path, stamp: str) -> Path:
    """Make a folder called after the stamp, with a number behind it when there is one already."""
    for number in count(1):
        path = parent / (stamp if number == 1 else f"{stamp}-{number}")
        try:
            path.mkdir()
        except FileExistsError:
            continue
        return path
    raise AssertionError("count() does not end")


def point_latest_at(path: Path) -> None:
    """Let `latest` beside the run be that run."""
    latest = path.parent / LATEST
    folder = Path(mkdtemp(dir=path.parent, prefix=".latest-"))
    link = folder / LATEST
    try:
        # The link is made one level deeper than its place, but its target is read from where it ends up.
        link.symlink_to(path.name)
        link.replace(latest)
    except OSError:
        # Some file systems (and Windows without developer mode) have no links: a text file says it too.
        link.unlink(missing_ok=True)
        write_text(latest, path.name + "\n")
    finally:
        folder.rmdir()
