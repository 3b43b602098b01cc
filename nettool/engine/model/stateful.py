"""Recurrent layers that carry their state from batch to batch begin anew with each pass over a part."""

from typing import Any

import keras


def begin_anew(model: keras.Model) -> None:
    """Let every state be zero again, also of layers within wrappers."""
    for layer in model._flatten_layers():
        if getattr(layer, "stateful", False) and isinstance(layer, keras.layers.RNN):
            layer.reset_state()


class BeginAnew(keras.callbacks.Callback):  # type: ignore[misc]
    """No state goes on from one epoch to the next, nor between training and validation."""

    def on_test_begin(self, logs: Any = None) -> None:  # noqa: ANN401 - Keras's signature
        """Before validation."""
        begin_anew(self.model)

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:  # noqa: ANN401 - Keras's signature
        """`epoch` counts from 0."""
        begin_anew(self.model)
