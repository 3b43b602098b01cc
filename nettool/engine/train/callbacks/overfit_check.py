"""The overfit check: has a network memorized a few samples?"""

from collections.abc import Mapping
from math import inf
from typing import cast

import keras

from nettool.record.disk.forms import COUNT, REAL, or_null, record
from nettool.record.events.event_text import number_text

SHARE = 0.01
"""Of the loss of the first epoch: what is left of it counts as nothing."""


class OverfitCheck(keras.callbacks.Callback):  # type: ignore[misc]
    """Ends training when the loss, of training or of validation on the same samples, is next to nothing."""

    form = staticmethod(record({"first": or_null(REAL), "loss": REAL, "epochs": COUNT}))

    def __init__(self, samples: int) -> None:
        super().__init__()
        self._samples = samples
        self._first: float | None = None
        self._loss = inf
        self._epochs = 0

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        metrics = logs or {}
        if self._first is None:
            self._first = float(metrics["loss"])
        # Dropout keeps the one from becoming small, BatchNormalization's slow averages the other.
        self._loss = min(float(metrics["loss"]), float(metrics.get("val_loss", inf)))
        self._epochs = epoch + 1
        if self._is_memorized():
            self.model.stop_training = True

    @property
    def verdict(self) -> str | None:
        """A sentence about it; None before the first epoch is over."""
        if self._first is None:
            return None
        samples = f"{self._samples:,} {'sample' if self._samples == 1 else 'samples'}"
        course = f"the loss of {samples} went from {number_text(self._first)} to {number_text(self._loss)}"
        epochs = f"in {self._epochs:,} {'epoch' if self._epochs == 1 else 'epochs'}"
        if self._is_memorized():
            return f"overfit: {course} {epochs}: the network can memorize them"
        return (
            f"overfit: {course} {epochs}: the network has not memorized them; look at the learning rate, at "
            "Dropout and regularizers, at augmentation, at what is the target, or give it more epochs"
        )

    def _is_memorized(self) -> bool:
        return self._first is not None and self._loss <= SHARE * abs(self._first)

    def state(self) -> Mapping[str, object]:
        """The first loss and the last one."""
        return {"first": self._first, "loss": self._loss, "epochs": self._epochs}

    def restore(self, state: Mapping[str, object]) -> None:
        """Go on from there."""
        self._first = cast("float | None", state["first"])
        self._loss = cast(float, state["loss"])
        self._epochs = cast(int, state["epochs"])
