"""Put a training's states and models into its run."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from nettool.data.prediction.preparation import Preparation
from nettool.engine.model.model_type import Model
from nettool.record.checkpoints.model_files import Checkpoint, save_model
from nettool.record.checkpoints.states import best_state, last_state, save_state
from nettool.record.checkpoints.training_state import Identity, TrainingState
from nettool.record.files.preparation_file import add_preparation
from nettool.record.run_damaged import CannotResume
from nettool.record.run_directory import RunDirectory, require_present


@dataclass(frozen=True, slots=True)
class RunCheckpoints:
    """Keeps them in checkpoints/, each model with what must be done to data before it gets them."""

    run: RunDirectory
    preparation: Preparation
    identity: Identity
    keeps: ClassVar[bool] = True

    def state(self, state: TrainingState, *, is_best: bool) -> None:
        """The state as it is now."""
        require_present(self.run)
        save_state(self.run, state, self.identity, is_best=is_best)

    def last_state(self) -> TrainingState | None:
        """The state that training could resume from; None when it is damaged."""
        try:
            return last_state(self.run)[0]
        except CannotResume:
            return None

    def best_state(self) -> TrainingState | None:
        """The state after the best epoch."""
        return best_state(self.run)

    def last(self, model: Model) -> None:
        """The model as it is now."""
        self._keep("last", model)

    def best(self, model: Model) -> None:
        """The model after its best epoch."""
        self._keep("best", model)

    def _keep(self, checkpoint: Checkpoint, model: Model) -> None:
        def save(path: Path) -> None:
            model.save(path)
            add_preparation(path, self.preparation)

        require_present(self.run)
        save_model(self.run, checkpoint, save)
