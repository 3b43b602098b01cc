"""Who puts away what training hands over: states to go on from, and models to use."""

from typing import Protocol

from nettool.engine.model.model_type import Model
from nettool.record.checkpoints.training_state import TrainingState


class CheckpointWriter(Protocol):
    """Puts states and models away; who calls it leaves the model alone until the call returns."""

    @property
    def keeps(self) -> bool:
        """Whether anything is put away at all: where nothing is, nothing needs to be copied for it."""

    def state(self, state: TrainingState, *, is_best: bool) -> None:
        """The state as it is now; `is_best` when the epoch that it ends was the best one so far."""

    def last_state(self) -> TrainingState | None:
        """The state that was put away last; None when there is none."""

    def best_state(self) -> TrainingState | None:
        """The state that was the best one last; None when there is none."""

    def last(self, model: Model) -> None:
        """The model as it is now."""

    def best(self, model: Model) -> None:
        """The model as it was after its best epoch."""


class KeepsNothing:
    """For a training that leaves nothing behind."""

    keeps = False

    def state(self, state: TrainingState, *, is_best: bool) -> None:
        """Nothing is kept."""

    def last_state(self) -> TrainingState | None:
        """There is none."""
        return None

    def best_state(self) -> TrainingState | None:
        """There is none."""
        return None

    def last(self, model: Model) -> None:
        """Nothing is kept."""

    def best(self, model: Model) -> None:
        """Nothing is kept."""
