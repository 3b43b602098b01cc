"""Progress of a training for people: plain lines, or in a notebook a display that follows each step."""

import sys
import time
from importlib import import_module
from typing import Any

from nettool.api.arguments import wrong_kind
from nettool.record.events.event_text import event_text, line_text, metrics_text
from nettool.record.events.events import Event, Listener, StepsDone, Working

_SECONDS_BETWEEN = 0.25
"""A notebook sends each change through a socket."""


def listener(on_event: Listener | None) -> Listener:
    """The caller's own, else the one for where this runs: a notebook, or anything else.

    Raises CallError for what cannot be called.
    """
    if on_event is None:
        return NotebookProgress() if _in_notebook() else plain_lines
    if not callable(on_event):
        raise wrong_kind("on_event", on_event, "a function of one event")
    return on_event


def plain_lines(event: Event) -> None:
    """One line on standard output for each event; nothing within an epoch."""
    text = line_text(event)
    if text is not None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


class NotebookProgress:
    """A listener whose one output in the notebook grows by a line for each epoch; the last line is live."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._handle: Any = None
        self._shown = 0.0

    def __call__(self, event: Event) -> None:
        """Show one event."""
        if isinstance(event, StepsDone):
            now = time.monotonic()
            if now - self._shown < _SECONDS_BETWEEN:
                return
            self._show(f"epoch {event.epoch}: {event.step}/{event.steps}  {metrics_text(event.metrics)}")
            return
        if isinstance(event, Working):
            self._show(f"{event.what} …")
            return
        text = event_text(event)
        if text is not None:
            self._lines.append(text)
            self._show()

    def _show(self, live: str = "") -> None:
        self._shown = time.monotonic()
        output = _Lines("\n".join([*self._lines, live]))
        if self._handle is None:
            self._handle = import_module("IPython.display").display(output, display_id=True)
        else:
            self._handle.update(output)


class _Lines:
    """Text that IPython shows as it is."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text.rstrip("\n")


def _in_notebook() -> bool:
    """Whether IPython runs as a kernel: in a terminal, what is displayed cannot be changed."""
    loaded = sys.modules.get("IPython")
    shell = None if loaded is None else loaded.get_ipython()
    return getattr(shell, "kernel", None) is not None
