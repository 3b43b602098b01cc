"""Open a saved model."""

from pathlib import Path

import keras

from nettool.engine.possible import require_computable
from nettool.graph.network import Graph


def load_model(path: Path, graph: Graph) -> keras.Model:
    """The model of a `.keras` file, not compiled: the plan says what is measured, not the file.

    Raises FileNotFoundError when there is no such file, ValueError when it is not a Keras model, and
    NotPossible when it is one of a graph that the backend cannot compute.
    """
    require_computable(graph)
    if not path.exists():
        raise FileNotFoundError(f"there is no model at {path}")
    return keras.models.load_model(path, compile=False)
