"""How a run truly stands: one that says it is running, though no process holds it any more, was killed."""

from typing import Literal, get_args

from nettool.record.files.status import Status
from nettool.record.run_directory import RunDirectory
from nettool.record.runs.lock import is_held

EffectiveStatus = Literal["running", "finished", "interrupted", "failed", "killed"]
EFFECTIVE_STATUSES: tuple[EffectiveStatus, ...] = get_args(EffectiveStatus)


def effective_status(run: RunDirectory, status: Status) -> EffectiveStatus:
    """What the run's status says, held against the lock that a running process has on it.

    Where there are no locks, the status is believed.
    """
    if status.state == "running" and not is_held(run):
        return "killed"
    return status.state
