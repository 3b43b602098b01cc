"""Which run is meant: a path, a name, a name and a stamp, or `latest`."""

import re
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path

from nettool.record.disk.run_file import read_text
from nettool.record.files.status import status_path, trial_in
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import LATEST, RunDirectory

_LONGEST_NAME = 4096
"""Bytes of the text that says which run is the latest."""
_STAMP = re.compile(r"(\d{8}-\d{6})(?:-(\d+))?")


def find_run(runs_dir: Path, text: str) -> RunDirectory | None:
    """The run that `text` means, or None.

    `text` is a path to a run directory, or below `runs_dir` a name (its newest run), `<name>/latest`,
    `<name>/<stamp>`; `latest` alone is the newest run of all. A trial is meant only where there is no other.
    """
    if not text:
        return None
    given = Path(text)
    for path in (given, runs_dir / given):
        if is_run(path):
            return RunDirectory(path.resolve())
    if text == LATEST:
        return newest([run for name in _folders(runs_dir) for run in _readable_folders(name)])
    if given.name == LATEST:
        return _latest(runs_dir / given.parent) or _latest(given.parent)
    return _latest(runs_dir / given) or _latest(given)


def is_pattern(text: str) -> bool:
    """Whether the text means several runs: it has one of `*`, `?` and `[`."""
    return any(sign in text for sign in "*?[")


def fitting_runs(runs_dir: Path, pattern: str) -> list[RunDirectory]:
    """The runs that a pattern fits, by name and stamp.

    `digits_*` means the newest run of each name that fits; `digits_cnn/*` each run of a name.
    """
    name, _, stamp = pattern.partition("/")
    fitting = sorted(path for path in _folders(runs_dir) if fnmatchcase(path.name, name))
    if not stamp:
        return [run for run in map(_latest, fitting) if run is not None]
    stamped = (
        path for folder in fitting for path in sorted(_readable_folders(folder), key=lambda path: path.name)
    )
    return [
        RunDirectory(path.resolve())
        for path in stamped
        if fnmatchcase(path.name, stamp) and _is_readable_run(path)
    ]


def is_run(path: Path) -> bool:
    """Whether the folder is that of a run: it says how it stands."""
    return status_path(RunDirectory(path)).is_file()


def run_label(run: RunDirectory) -> str:
    """How the run is called on the command line, seen from its runs folder: `<name>/<stamp>`."""
    return f"{run.path.parent.name}/{run.path.name}"


def _latest(runs_of_name: Path) -> RunDirectory | None:
    """The run beside it that `latest` names, as a link or as a text file; the newest when it names none."""
    latest = runs_of_name / LATEST
    named = latest
    if not is_run(latest) and latest.is_file():
        with suppress(RunDamaged):
            named = runs_of_name / read_text(latest, _LONGEST_NAME).strip().replace("\0", "")
    if is_run(named) and named.resolve().parent == runs_of_name.resolve():
        return RunDirectory(named.resolve())
    return newest(_folders(runs_of_name))


def newest_of(runs_of_name: Path) -> RunDirectory | None:
    """The newest run in that folder, whatever `latest` says."""
    return newest(_folders(runs_of_name))


def newest(paths: list[Path]) -> RunDirectory | None:
    """The run with the newest stamp of these folders, a trial only where there is nothing else.

    Folders that are no runs do not count.
    """
    stamped = sorted((path for path in paths if _STAMP.fullmatch(path.name)), key=_age, reverse=True)
    newest_trial = None
    for run in (RunDirectory(path.resolve()) for path in stamped if _is_readable_run(path)):
        if trial_in(run) is None:
            return run
        newest_trial = newest_trial or run
    return newest_trial


def stamp_of(run: Path) -> str:
    """The date and time in the name of a run's folder; the whole name when it is of another kind."""
    stamp = _STAMP.fullmatch(run.name)
    return run.name if stamp is None else stamp[1]


def _age(path: Path) -> tuple[str, int]:
    stamp = _STAMP.fullmatch(path.name)
    assert stamp is not None
    return (stamp[1], int(stamp[2] or 1))


def _folders(parent: Path) -> list[Path]:
    if not parent.is_dir():
        return []
    return [path for path in parent.iterdir() if path.is_dir() and not path.is_symlink()]


def _readable_folders(parent: Path) -> list[Path]:
    """None where somebody else's folder may not be read: it does not hide the others."""
    try:
        return _folders(parent)
    except PermissionError:
        return []


def _is_readable_run(path: Path) -> bool:
    try:
        return is_run(path)
    except PermissionError:
        return False
