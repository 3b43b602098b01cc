"""A training that someone asks to stop."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class StopSignal:
    """Set `requested`, from a signal handler or another thread, and training ends after the running steps.

    `at_once` is there while a run is being carried out: it says in the run's files that it was stopped, for
    who cannot wait for these steps and ends the process.
    """

    requested: bool = False
    at_once: Callable[[], None] | None = None


class Stopped(Exception):
    """Training was left where it stood; Keras would first finish the epoch with a validation."""
