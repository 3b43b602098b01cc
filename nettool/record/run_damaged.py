"""Why a run cannot be read, resumed, or written to any more."""

from collections.abc import Mapping
from pathlib import Path

from nettool.files.picklable_error import PicklableError

_MODEL_USABLE = "the model can be evaluated and can predict without it"

_STILL_USABLE: Mapping[str, str] = {
    "status.json": _MODEL_USABLE,
    "results.json": "the model can be evaluated again",
    "run.json": _MODEL_USABLE,
    "observations.json": "without this file the report is drawn from the others",
    "metrics.csv": _MODEL_USABLE,
    "preparation.json": "each model.keras of the run holds a copy, as nettool/preparation.json",
    "split.npz": _MODEL_USABLE,
    "model.keras": "the other checkpoint, last or best, may be sound",
}


class RunDamaged(PicklableError, ValueError):
    """Says which file of a run is damaged and, if that is known, what was expected of it.

    `advice` says what can still be used; it is empty where nothing can.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name} is damaged: {reason}")
        self.path = path
        self.reason = reason
        self.advice = _STILL_USABLE.get(path.name, "")


class CannotResume(Exception):
    """A run cannot be resumed; the message says why and what to do."""


class CannotRecord(Exception):
    """A run's directory cannot be written to any more; the message says why and what to do."""
