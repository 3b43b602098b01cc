"""What a run could do without – pictures, observations, its report –, none of which can harm it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import TypeVar

from nettool.record.events.events import Event, Listener, Note, Working
from nettool.record.run_directory import RunDirectory, require_present

_PATIENCE = 3.0
"""Seconds that something may take without a word."""
_SILENCE = 8.0
"""Seconds without a word while many things are made, each of which takes less than that."""
_LONGEST_REASON = 200

Made = TypeVar("Made")


class OptionalSteps:
    """Makes one such thing after the other: a failure is a note, and an interrupt leaves out the rest."""

    def __init__(self, run: RunDirectory, report: Listener) -> None:
        self._run = run
        self._listener = report
        self._quiet_since = time.monotonic()
        self.was_stopped = False
        """Whether the user interrupted them."""

    def attempt(self, what: str, make: Callable[[], Made]) -> Made | None:
        """What `make` gives; None when it could not be made. `what` are words for it: `the curves`."""
        if self.was_stopped:
            return None

        def make_in_its_place() -> Made:
            # Whoever writes files whole would make a directory that is gone anew.
            require_present(self._run)
            return make()

        try:
            left = _SILENCE - (time.monotonic() - self._quiet_since)
            return harmless(what, make_in_its_place, self._report, max(0.0, min(_PATIENCE, left)))
        except KeyboardInterrupt:
            self.was_stopped = True
            self.note(f"stopped while making {what}: what was still to be drawn is left out")
        return None

    def _report(self, event: Event) -> None:
        self._quiet_since = time.monotonic()
        self._listener(event)

    def note(self, text: str) -> None:
        """Say it on the screen and in the run, as far as either can be reached."""
        with suppress(Exception):
            self._report(Note(text))


def harmless(
    what: str, make: Callable[[], Made], report: Listener, patience: float = _PATIENCE
) -> Made | None:
    """What `make` gives; where it raises an error None, and a note."""
    try:
        with report_when_slow(f"making {what}", report, patience):
            return make()
    except Exception as error:
        with suppress(Exception):
            report(Note(not_made(what, error)))
    return None


def not_made(what: str, error: Exception) -> str:
    """That it could not be made, and why, in one line."""
    return f"could not make {what}: {_reason(error)}; the run continues without it"


@contextmanager
def report_when_slow(what: str, report: Listener, patience: float = _PATIENCE) -> Iterator[None]:
    """Say what is being done when the block takes longer than so many seconds."""

    def say() -> None:
        with suppress(Exception):
            report(Working(what))

    timer = Timer(patience, say)
    timer.daemon = True
    with suppress(RuntimeError):  # without another thread it goes without saying
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if timer.ident is not None:
            # What comes next must not be said before this.
            timer.join()


def _reason(error: Exception) -> str:
    """Why something went wrong, in one short line."""
    if isinstance(error, MemoryError):
        return "there is not enough memory"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    lines = str(error).strip().splitlines()
    text = lines[0] if lines else type(error).__name__
    return text if len(text) <= _LONGEST_REASON else f"{text[:_LONGEST_REASON]} …"
