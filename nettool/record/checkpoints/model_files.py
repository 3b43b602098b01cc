"""checkpoints/: the last and the best model, each a file that opens in plain Keras."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from nettool.record.disk.atomic import replacing
from nettool.record.run_directory import RunDirectory

Checkpoint = Literal["last", "best"]


def model_path(run: RunDirectory, checkpoint: Checkpoint) -> Path:
    """Where that model is (or will be)."""
    return run.path / "checkpoints" / checkpoint / "model.keras"


def save_model(run: RunDirectory, checkpoint: Checkpoint, save: Callable[[Path], object]) -> Path:
    """Let `save` write a model to the path that it is given; only a whole file takes the old one's place.

    What `save` raises passes through and leaves the older checkpoint as it was.
    """
    path = model_path(run, checkpoint)
    with replacing(path) as temporary:
        save(temporary)
    return path
