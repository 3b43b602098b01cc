"""Links within a run: what is to be written into a run must not go where a link leads outside of it."""

import os
from pathlib import Path

from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory


def require_no_way_out(run: RunDirectory) -> None:
    """Raise RunDamaged, naming the link, when one within the run leads outside of it."""
    inside = run.path.resolve()
    for folder, folders, files in os.walk(run.path):
        for name in (*folders, *files):
            path = Path(folder, name)
            if path.is_symlink() and not _target(path).is_relative_to(inside):
                raise RunDamaged(path, "it is a link that leads outside of the run")


def _target(link: Path) -> Path:
    try:
        return link.resolve()
    except (OSError, RuntimeError):  # a ring of links
        return Path("/")
