"""Ctrl-C, SIGTERM and SIGHUP: the first one asks training to stop cleanly, a second one stops at once."""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from types import FrameType
from typing import TYPE_CHECKING

import click

from nettool.cli.output.exit_codes import ExitCode
from nettool.diagnostics.printable import terminal

if TYPE_CHECKING:
    from nettool.engine.stop_signal import StopSignal

HANGUP = getattr(signal, "SIGHUP", None)
"""The terminal was closed. System and shell may both say so: a second one says nothing new."""
SIGNALS = (signal.SIGINT, signal.SIGTERM, *([] if HANGUP is None else [HANGUP]))
PATIENCE = 1.0
"""Seconds for a second signal to reach Python's own code; within a long step of TensorFlow's it does not."""
SHOW_CURSOR = "\x1b[?25h"


@contextmanager
def stoppable(stop: "StopSignal") -> Iterator[None]:
    """While it lasts, the first signal sets `stop.requested`, and the second one raises KeyboardInterrupt.

    As long as there is no run yet, the first one does. Where the second one cannot be heard because one step
    takes long, the process ends without waiting for it.
    """

    def handle(number: int, frame: FrameType | None) -> None:
        if stop.requested and number == HANGUP:
            return
        if stop.requested or stop.at_once is None:
            stop.requested = True
            raise KeyboardInterrupt
        stop.requested = True
        click.echo("\nstopping after this step; once more to stop at once", err=True)

    with _second_one_watched(stop):
        before = {number: signal.signal(number, handle) for number in SIGNALS if not _is_shut_out(number)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _is_shut_out(number: signal.Signals) -> bool:
    """Whether the user wants nothing to come of it: `nohup` does that."""
    return number == HANGUP and signal.getsignal(number) is signal.SIG_IGN


@contextmanager
def _second_one_watched(stop: "StopSignal") -> Iterator[None]:
    """Python tells another thread of signals at once, while handlers wait for the main one."""
    ours, pythons = socket.socketpair()
    pythons.setblocking(False)
    over = Event()

    def watch() -> None:
        heard = 0
        while heard < 2:
            received = ours.recv(1)
            if not received:
                return
            heard += received[0] in SIGNALS and not (heard and received[0] == HANGUP)
        if not over.wait(PATIENCE):
            _end_now(stop)

    before = signal.set_wakeup_fd(pythons.fileno())
    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        signal.set_wakeup_fd(before)
        pythons.close()  # which ends what the watcher reads, so that it is over before its own end is closed
        watcher.join()
        ours.close()


def _end_now(stop: "StopSignal") -> None:
    if stop.at_once is not None:
        stop.at_once()
    if sys.stdout.isatty():
        terminal(sys.stdout).write(SHOW_CURSOR)
        sys.stdout.flush()
    sys.stderr.write("error: interrupted\n")
    sys.stderr.flush()
    os._exit(ExitCode.INTERRUPTED)
