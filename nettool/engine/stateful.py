"""Recurrent layers that carry their state from batch to batch begin anew with each pass over a part."""

from collections.abc import Iterator
from typing import Any

import keras


def stateful_layers(model: keras.Model) -> Iterator[Any]:
    """The layers that carry a state, also within wrappers."""
    for layer in model._flatten_layers():
        if getattr(layer, "stateful", False) and isinstance(layer, keras.layers.RNN):
            yield layer


def begin_anew(model: keras.Model) -> None:
    """Let every state be zero again."""
    for layer in stateful_layers(model):
        layer.reset_state()


class BeginAnew(keras.callbacks.Callback):  # type: ignore[misc]
    """No state goes on from one epoch to the next, nor between training and validation."""

    def on_test_begin(self, logs: Any = None) -> None:  # noqa: ANN401 - Keras's signature
        """Before validation."""
        begin_anew(self.model)

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:  # noqa: ANN401 - Keras's signature
        """`epoch` counts from 0."""
        begin_anew(self.model)
