"""Two fits that look like one training to the callbacks."""

from collections.abc import Mapping, Sequence

import keras

from nettool.engine.model.training_state import copies, put_back_metrics
from nettool.engine.train.callbacks.resumable import restore_all
from nettool.record.checkpoints.training_state import NamedArrays, TrainingState

Logs = Mapping[str, float]


class OneTraining(keras.callbacks.CallbackList):  # type: ignore[misc]
    """The callbacks of a training that may begin within an epoch, whose rest is then a fit of its own.

    They see one beginning and one end, and steps are counted from the epoch's first one. What `start`
    holds is given back to those that are resumable, and to the metrics once Keras has reset them.
    """

    def __init__(
        self,
        callbacks: Sequence[keras.callbacks.Callback],
        model: keras.Model,
        epochs: int,
        steps: int,
        start: TrainingState | None,
    ) -> None:
        super().__init__(
            list(callbacks), add_history=True, model=model, verbose=0, epochs=epochs, steps=steps
        )
        self.is_last_fit = False
        self._start = start
        self._has_begun = False
        self._first_step = 0 if start is None else start.position.step
        self._sums: NamedArrays | None = None

    def go_on_from(self, step: int) -> None:
        """Let the next fit be the rest of the running epoch, of which nobody hears that it begins again."""
        self._first_step = step
        self._sums = copies(self.model.metrics_variables)

    def on_train_begin(self, logs: Logs | None = None) -> None:
        """At the beginning of a fit."""
        if self._has_begun:
            return
        self._has_begun = True
        super().on_train_begin(logs)
        if self._start is not None:
            restore_all(self.callbacks, self._start.callbacks)

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        """`epoch` counts from 0."""
        if self._sums is not None:
            put_back_metrics(self.model, {"metrics": self._sums})
            self._sums = None
            return
        super().on_epoch_begin(epoch, logs)
        if self._start is not None and self._first_step:
            put_back_metrics(self.model, {"metrics": (), **self._start.arrays})

    def on_train_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """`batch` counts from the beginning of the fit."""
        super().on_train_batch_begin(self._first_step + batch, logs)

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """`batch` counts from the beginning of the fit."""
        super().on_train_batch_end(self._first_step + batch, logs)

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """`epoch` counts from 0."""
        self._first_step = 0
        super().on_epoch_end(epoch, logs)

    def on_train_end(self, logs: Logs | None = None) -> None:
        """At the end of a fit."""
        if self.is_last_fit:
            super().on_train_end(logs)
