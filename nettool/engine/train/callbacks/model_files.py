"""Keep the last and the best model as files without spending the time of training on it."""

import time
from collections.abc import Callable, Mapping

import keras

from nettool.engine.model.training_state import for_a_while
from nettool.engine.train.callbacks.best_epoch import BestEpoch
from nettool.engine.train.checkpoint_writer import CheckpointWriter
from nettool.engine.train.kept_best import kept_best

SECONDS_BETWEEN = 10.0


class ModelFiles(keras.callbacks.Callback):  # type: ignore[misc]
    """Hands the model to the writer after epochs, about every ten seconds, and when `finish` is called.

    When the best epoch comes too soon after the last time, its model is made from its state later on;
    `has_lost_best` says that this state was not there any more.
    """

    def __init__(
        self,
        checkpoints: CheckpointWriter,
        best: BestEpoch,
        *,
        is_resumed: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._checkpoints = checkpoints
        self._best = best
        self._clock = clock
        self._kept = clock()
        # Nobody knows whether the best model's file was still made before.
        self._best_waits = is_resumed
        self._changed = True
        self.has_lost_best = False

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        self._changed = True

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        is_due = self._clock() - self._kept >= SECONDS_BETWEEN
        if self._best.epoch == epoch + 1:
            self._best_waits = not is_due
            if is_due:
                self._checkpoints.best(self.model)
        if is_due:
            self.finish()
            self._kept = self._clock()

    def changed(self) -> None:
        """Know that the model is not what it was after its last epoch."""
        self._changed = True

    def finish(self, *, last: bool = True) -> None:
        """Hand over what has not been handed over yet; `last=False` keeps a spoilt model out."""
        if self._best_waits and self._best.epoch is not None:
            state = kept_best(self.model, self._checkpoints, self._best)
            if state is not None:
                with for_a_while(self.model, state.arrays):
                    self._checkpoints.best(self.model)
            self.has_lost_best = state is None
        self._best_waits = False
        if last and self._changed:
            self._checkpoints.last(self.model)
            self._changed = False
