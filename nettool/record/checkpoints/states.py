"""checkpoints/: the states that training resumes from; the one before the last is kept, too."""

from pathlib import Path
from typing import Literal

from nettool.record.checkpoints.state_file import StateDamaged, read_state, write_state
from nettool.record.checkpoints.training_state import Identity, TrainingState
from nettool.record.disk.atomic import also_at, replacing
from nettool.record.run_damaged import CannotResume
from nettool.record.run_directory import RunDirectory

SavedState = Literal["last", "previous", "best"]
STATES: tuple[SavedState, ...] = ("last", "previous", "best")


def state_path(run: RunDirectory, which: SavedState) -> Path:
    """Where that state is (or will be)."""
    return run.path / "checkpoints" / which / "state.npz"


def save_state(run: RunDirectory, state: TrainingState, identity: Identity, *, is_best: bool) -> None:
    """Make it the last state; the one before stays as `previous`, so that there is always a sound one.

    Raises OSError and then leaves a last state.
    """
    path = state_path(run, "last")
    with replacing(path) as temporary:
        write_state(temporary, state, identity)
        if path.exists():
            also_at(path, state_path(run, "previous"))
        if is_best:
            # Before the last one: who resumes from the last one makes the best one anew, not the other way.
            also_at(temporary, state_path(run, "best"))


def last_state(run: RunDirectory) -> tuple[TrainingState, Identity]:
    """What the run can resume from. Raises CannotResume, which says what else there is, and OSError."""
    path = state_path(run, "last")
    try:
        return read_state(path)
    except FileNotFoundError:
        if not path.parent.parent.exists():
            raise CannotResume(
                f"{run.path} ended before anything was trained: there is nothing to resume from; "
                "train it anew"
            ) from None
        reason = f"{path} is missing"
    except StateDamaged as damage:
        reason = f"{path} is damaged: {damage}"
    raise CannotResume(f"{reason}; {_what_is_sound(run)}")


def best_state(run: RunDirectory) -> TrainingState | None:
    """The state after the best epoch; None when there is none, or when its file is damaged."""
    try:
        return read_state(state_path(run, "best"))[0]
    except (FileNotFoundError, StateDamaged):
        return None


def _what_is_sound(run: RunDirectory) -> str:
    """The other states that are whole, latest first, and how to resume from one."""
    found = []
    for which in STATES[1:]:
        path = state_path(run, which)
        try:
            state, _ = read_state(path)
        except (FileNotFoundError, StateDamaged):
            continue
        found.append((state.position, path))
    if not found:
        return "none of the run's states is sound, so it cannot be resumed; train it anew"
    found.sort(reverse=True)
    sound = ", ".join(f"{path} (after {position})" for position, path in found)
    return f"to resume from a sound state, copy it there: {sound}"
