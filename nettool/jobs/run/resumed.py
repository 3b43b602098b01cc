"""A run that is to be resumed, and from where."""

from dataclasses import dataclass

from nettool.record.checkpoints.training_state import Identity, TrainingState
from nettool.record.run_directory import RunDirectory


@dataclass(frozen=True, slots=True, eq=False)
class Resumed:
    """A run, its last state and what that state belongs to; `extends` when there are to be more epochs.

    `notes` say what may keep it from going on to the same bits.
    """

    run: RunDirectory
    state: TrainingState
    identity: Identity
    extends: bool
    notes: tuple[str, ...] = ()
