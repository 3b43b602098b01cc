"""What is reported when a run's directory cannot be written to any more."""

import errno

from nettool.diagnostics.caller import by_caller
from nettool.record.checkpoints.states import last_state
from nettool.record.run_damaged import CannotRecord, CannotResume
from nettool.record.run_directory import RunDirectory
from nettool.record.shown_path import shown

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def is_from_recording(run: RunDirectory, error: OSError) -> bool:
    """Whether the error may come from writing to the run: it names a file of it, or none at all."""
    return error.filename is None or str(error.filename).startswith(str(run.path))


def cannot_record(run: RunDirectory, error: OSError) -> CannotRecord:
    """What to report: the directory is gone, the disk is full, or whatever the operating system said."""
    if not run.path.is_dir():
        return CannotRecord(f"the run directory {shown(run.path)} is gone: the run was stopped")
    reason = error.strerror or str(error)
    message = f"nothing more could be written to {shown(run.path)}, so the run was stopped: {reason}"
    advice = "free some space" if error.errno in _FULL else "make it writable again"
    try:
        position = last_state(run)[0].position
    except (CannotResume, OSError):
        return CannotRecord(message)
    resume = by_caller(
        command_line=f"`nettool train --resume {shown(run.path)}`",
        python=f'`nettool.open_run("{shown(run.path)}").resume()`',
    )
    return CannotRecord(f"{message}; {advice}, and {resume} resumes after {position}")
