"""status.json: how a run stands – running, finished, interrupted or failed, and why."""

import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from nettool.diagnostics.printable import utf_8
from nettool.record.disk.atomic import write_text
from nettool.record.disk.json_form import json_text
from nettool.record.disk.typed_json import Time, later, read_typed
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory

State = Literal["running", "finished", "interrupted", "failed"]
EndState = Literal["finished", "interrupted", "failed"]


@dataclass(frozen=True, slots=True)
class Status:
    """How a run stands. Times are ISO 8601; `why` says what stopped a run that did not finish.

    `trial` says what makes it a trial, such as `2 of 30 epochs`; None for a run as its spec asks for.
    """

    state: State
    started: Time
    pid: int
    why: str | None = later()
    ended: Time | None = later()
    trial: str | None = later()


def status_path(run: RunDirectory) -> Path:
    """Where the status of a run is."""
    return run.path / "status.json"


def start(run: RunDirectory, now: datetime, trial: str | None = None) -> Status:
    """Say that this process is running the run."""
    return _write(run, Status("running", started=_time(now), pid=os.getpid(), trial=trial))


def restart(run: RunDirectory, now: datetime, trial: str | None = None) -> Status:
    """Say that this process runs the run, which had begun before."""
    status = read_status(run)
    started = _time(now) if status is None else status.started
    return _write(run, Status("running", started=started, pid=os.getpid(), trial=trial))


def end(run: RunDirectory, state: EndState, now: datetime, why: str | None = None) -> Status:
    """Say how the run ended, also on a full disk. Raises OSError, and ValueError when it is not running."""
    status = read_status(run)
    if status is None or status.state != "running":
        raise ValueError(f"{run.path} is not running, so it cannot end as {state}")
    return _write(run, replace(status, state=state, ended=_time(now), why=why))


def put_back(run: RunDirectory, before: Status | None) -> None:
    """Say what was said before, of a run that was to resume and did not. Raises OSError."""
    if before is not None:
        _write(run, before)


def read_status(run: RunDirectory) -> Status | None:
    """How the run stands; None when nothing was written yet. Raises RunDamaged and OSError."""
    return read_typed(Status, status_path(run))


def trial_in(run: RunDirectory) -> str | None:
    """What makes the run a trial; None for another run, and for one of which that cannot be read."""
    try:
        status = read_status(run)
    except (RunDamaged, OSError):
        return None
    return None if status is None else status.trial


def _write(run: RunDirectory, status: Status) -> Status:
    path, text = status_path(run), json_text(status)
    try:
        write_text(path, text)
    except OSError:
        if not path.exists():
            raise
        _write_over(path, utf_8(text))
    return status


def _write_over(path: Path, content: bytes) -> None:
    """Where there is no room for another file, use the room that the old one has; JSON may end in spaces."""
    with path.open("r+b", buffering=0) as file:
        file.write(content.ljust(path.stat().st_size))
        os.fsync(file.fileno())


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
