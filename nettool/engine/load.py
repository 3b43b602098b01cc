"""Open a saved model."""

from pathlib import Path

import keras


def load_model(path: Path) -> keras.Model:
    """The model of a `.keras` file, not compiled: the plan says what is measured, not the file.

    Raises FileNotFoundError when there is no such file, ValueError when it is not a Keras model.
    """
    if not path.exists():
        raise FileNotFoundError(f"there is no model at {path}")
    return keras.models.load_model(path, compile=False)
