"""The type of the numbers within a network."""

import keras

from nettool.graph.settings import Precision


def use_precision(precision: Precision) -> None:
    """Let layers that are built from now on work in it; a layer's own `dtype` comes first.

    `mixed_float16` and `mixed_bfloat16` compute in 16 bits and keep weights in 32; with the former Keras
    scales the loss, so that small gradients are not lost.
    """
    keras.config.set_dtype_policy(precision)
