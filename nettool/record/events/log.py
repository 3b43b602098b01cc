"""train.log: one plain line per event, each with its time."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from nettool.diagnostics.printable import printable
from nettool.record.disk.append import append_text
from nettool.record.events.event_text import event_text
from nettool.record.events.events import Event
from nettool.record.run_directory import RunDirectory


def log_path(run: RunDirectory) -> Path:
    """Where the log is."""
    return run.path / "train.log"


class TrainLog:
    """A listener that keeps what is reported. Progress within an epoch is left out."""

    def __init__(self, run: RunDirectory, clock: Callable[[], datetime] = datetime.now) -> None:
        self._path = log_path(run)
        self._clock = clock

    def __call__(self, event: Event) -> None:
        """Append the event's line, if it has one. Raises OSError."""
        text = event_text(event)
        if text is not None:
            append_text(self._path, f"{self._clock():%Y-%m-%d %H:%M:%S}  {printable(text)}\n")
