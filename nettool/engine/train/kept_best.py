"""The state after the best epoch, if it is still there."""

import keras

from nettool.engine.model.training_state import require_variables
from nettool.engine.train.callbacks.best_epoch import BestEpoch
from nettool.engine.train.checkpoint_writer import CheckpointWriter
from nettool.record.checkpoints.training_state import TrainingState
from nettool.record.events.position import Position
from nettool.record.run_damaged import CannotResume


def kept_best(model: keras.Model, checkpoints: CheckpointWriter, best: BestEpoch) -> TrainingState | None:
    """The state of the compiled model after its best epoch.

    None before any, and where the state is missing, damaged, or of another epoch or network.
    """
    state = checkpoints.best_state()
    if state is None or state.position != Position(best.epoch or 0):
        return None
    try:
        require_variables(model, state.arrays)
    except CannotResume:
        return None
    return state
