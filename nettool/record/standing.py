"""How a run truly stands: one that says it is running, though no process holds it any more, was killed."""

from typing import Literal, get_args

from nettool.record.lock import is_held
from nettool.record.run_directory import RunDirectory
from nettool.record.status import Status

Standing = Literal["running", "finished", "interrupted", "failed", "killed"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)


def standing(run: RunDirectory, status: Status) -> Standing:
    """What the run's status says, held against the lock that a running process has on it.

    Where there are no locks, the status is believed.
    """
    if status.state == "running" and not is_held(run):
        return "killed"
    return status.state
