"""Bring each epoch's order of the samples into force."""

from collections.abc import Mapping

import keras

from nettool.engine.input.epoch_order import EpochOrder


class Shuffle(keras.callbacks.Callback):  # type: ignore[misc]
    """Sets the order when an epoch begins: Keras asks for the epoch's first batch only after that."""

    def __init__(self, order: EpochOrder) -> None:
        super().__init__()
        self._order = order

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        self._order.begin(epoch)
