"""Save the state of the training: after every epoch, every few minutes in long ones, and when it stops."""

import time
from collections.abc import Callable, Mapping, Sequence

import keras

from nettool.engine.devices.backend import bring_up_to_date
from nettool.engine.model.training_state import Reading, arrays_of, copies, views
from nettool.engine.train.callbacks.best_epoch import BestEpoch
from nettool.engine.train.callbacks.epoch_log import EpochLog
from nettool.engine.train.callbacks.resumable import states_of
from nettool.engine.train.checkpoint_writer import CheckpointWriter
from nettool.engine.train.finite_states import FiniteStates
from nettool.record.checkpoints.training_state import NamedArrays, TrainingState
from nettool.record.events.position import Position

SECONDS_BETWEEN = 120.0
"""The most that is lost of a long epoch."""


class StateSaving(keras.callbacks.Callback):  # type: ignore[misc]
    """Hands states to the writer. `others` are the training's callbacks whose memory belongs to the state.

    It comes after those, and before whatever may end the training by an exception. Where training goes on,
    `start` is from where.
    """

    def __init__(
        self,
        checkpoints: CheckpointWriter,
        steps: int,
        others: Sequence[keras.callbacks.Callback],
        log: EpochLog,
        best: BestEpoch,
        start: TrainingState | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._checkpoints = checkpoints
        self._steps = steps
        self._others = others
        self._log = log
        self._best = best
        self._clock = clock
        self._began = clock() - (0.0 if start is None else start.seconds)
        self._finite = FiniteStates(start)
        self._saved = clock()
        self._position = Position()
        self._before_validation: dict[str, NamedArrays] | None = None

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        self._position = Position(epoch)

    def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        """`batch` is the last one of an execution; it may lie beyond the epoch's end."""
        self._position = Position(self._position.epoch, min(batch + 1, self._steps))
        if self._clock() - self._saved >= SECONDS_BETWEEN:
            self.save()

    def on_test_begin(self, logs: Mapping[str, float] | None = None) -> None:
        """Validation resets the metrics' sums, and may change what layers remember of their last batch."""
        self._position = Position(self._position.epoch, self._steps)
        self._before_validation = {
            "metrics": copies(self.model.metrics_variables),
            "others": copies(self.model.non_trainable_variables),
        }

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        self._position = Position(epoch + 1)
        self._before_validation = None
        self.save(is_best=self._best.epoch == epoch + 1)

    def save(self, *, is_best: bool = False) -> None:
        """Save the state at the position that was reached. Raises TrainingFailed when it is not finite."""
        bring_up_to_date(self.model)
        arrays = self._arrays(copies if self._checkpoints.keeps else views)
        self._finite.require(arrays, self._position, self._steps)
        self._checkpoints.state(
            TrainingState(
                self._position,
                arrays,
                states_of(self._others),
                tuple(self._log.ended),
                self._clock() - self._began,
                is_over=self.model.stop_training,
            ),
            is_best=is_best,
        )
        self._saved = self._clock()

    def _arrays(self, reading: Reading) -> dict[str, NamedArrays]:
        arrays = arrays_of(self.model, within_epoch=self._position.step > 0, reading=reading)
        if self._before_validation is None:
            return arrays
        return {
            **arrays,
            "metrics": self._before_validation["metrics"],
            "model": self._with_former(arrays["model"], self._before_validation["others"]),
        }

    def _with_former(self, arrays: NamedArrays, former: NamedArrays) -> NamedArrays:
        values = {
            id(variable): each
            for variable, each in zip(self.model.non_trainable_variables, former, strict=True)
        }
        return tuple(
            values.get(id(variable), each)
            for variable, each in zip(self.model.variables, arrays, strict=True)
        )
