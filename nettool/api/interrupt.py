"""Ctrl-C, and a notebook's stop button, while a network trains: the first one stops it cleanly."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nettool.engine.stop_signal import StopSignal


@contextmanager
def stoppable(stop: StopSignal) -> Iterator[None]:
    """While it lasts, the first interrupt asks the training to stop, a second one stops it at once.

    Python sends signals to the main thread alone: in another one nothing is changed. Where the process
    ignores interrupts, as one in the background does, they stay ignored.
    """
    if current_thread() is not main_thread() or signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        yield
        return

    def handle(number: int, frame: FrameType | None) -> None:
        if stop.requested or stop.at_once is None:
            raise KeyboardInterrupt
        stop.requested = True

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
