"""Keras's own memory of models, which several models in one process share."""

import keras


def fresh_session() -> None:
    """Forget the models built so far in this process, and what they hold."""
    keras.utils.clear_session()
