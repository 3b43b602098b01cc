"""Say so when only the loss of the held-out part is no number."""

from collections.abc import Mapping
from math import isfinite

import keras

from nettool.record.events import Listener, Note


class FiniteValidation(keras.callbacks.Callback):  # type: ignore[misc]
    """Tells it once; training can go on, since it does not learn from that part.

    It comes after what refuses to save a state that is not finite.
    """

    def __init__(self, listener: Listener) -> None:
        super().__init__()
        self._listener = listener
        self._is_told = False

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        loss = (logs or {}).get("val_loss", 0.0)
        if isfinite(loss) or self._is_told:
            return
        self._is_told = True
        self._listener(
            Note(
                f"val_loss is {float(loss)} in epoch {epoch + 1}, while the loss of training and all weights "
                "are finite: look for NaN, or numbers unlike all others, among the held-out samples; such an "
                "epoch is never the best one"
            )
        )
