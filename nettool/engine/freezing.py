"""`trainable: false` for all of a layer: its own weights and those of the layers within it."""

import keras


def freeze_parts(layer: keras.Layer) -> None:
    """Freeze whatever is within layers that are told not to train. To be called when they have their weights.

    Told so when it is made, a Keras layer of several parts (MultiHeadAttention, Bidirectional, RNN,
    ConvLSTM2D) does not pass it on, and a model that has it goes on training them. Setting `trainable` on
    the layer again would not help: Keras takes no notice of a value that an attribute has already.
    """
    for part in layer._flatten_layers():
        if not part.trainable:
            for variable in part.variables:
                variable.trainable = False
