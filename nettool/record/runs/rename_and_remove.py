"""Runs are removed and renamed; `latest` stays right on both sides."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from nettool.files.process_lock import locks_are_advisory
from nettool.record.events.log import log_path
from nettool.record.files.status import read_status
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import LATEST, RunDirectory, folder_of, make_new, point_latest_at
from nettool.record.runs.effective_status import effective_status
from nettool.record.runs.find_run import newest_of, stamp_of
from nettool.record.runs.lock import RunInUse, locked


def remove_run(run: RunDirectory) -> None:
    """Delete a run and all that is in it. Raises RunInUse, and OSError when something cannot be deleted."""
    runs_of_name = run.path.parent
    with _unused(run):
        # Gone at once for whoever looks, however long its files take.
        grave = Path(mkdtemp(dir=runs_of_name, prefix=".removing-"))
        run.path.rename(grave / run.path.name)
    rmtree(grave)  # which follows no link
    _keep_latest(runs_of_name)
    _remove_if_empty(runs_of_name)


def rename_run(run: RunDirectory, name: str) -> RunDirectory:
    """Move a run to the runs of another name, under its stamp (numbered anew); what is in it stays as it is.

    Raises RunInUse, ValueError when the name cannot be a folder's or is that of a link, and OSError.
    """
    before = run.path.parent
    after = folder_of(before.parent, name)
    if after == before:
        raise ValueError(f"{run.path} is called `{name}` already")
    if after.is_symlink():
        raise ValueError(f"{after} is a link, and runs are moved into folders only")
    with _unused(run):
        after.mkdir(exist_ok=True)
        path = make_new(after, stamp_of(run.path))
        # Some systems move a folder only to where there is none.
        path.rmdir()
        run.path.rename(path)
    _keep_latest(after)
    _keep_latest(before)
    _remove_if_empty(before)
    return RunDirectory(path)


@contextmanager
def _unused(run: RunDirectory) -> Iterator[None]:
    """Hold a run that nobody works in, while the block lasts."""
    try:
        status = read_status(run)
    except RunDamaged:
        status = None
    if status is not None and effective_status(run, status) == "running":
        raise RunInUse(run)
    if not locks_are_advisory():
        # Windows moves no folder in which a file is open.
        with locked(run):
            pass
        yield
        return
    log = log_path(run)
    # Where the log is no file, there is nothing that another process could hold.
    with locked(run) if log.is_file() and not log.is_symlink() else nullcontext():
        yield


def _keep_latest(runs_of_name: Path) -> None:
    """Let `latest` be the newest run that there is; without any it goes."""
    newest = newest_of(runs_of_name)
    if newest is None:
        (runs_of_name / LATEST).unlink(missing_ok=True)
    else:
        point_latest_at(newest.path)


def _remove_if_empty(folder: Path) -> None:
    if not any(folder.iterdir()):
        folder.rmdir()
