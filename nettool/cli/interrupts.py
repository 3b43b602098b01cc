"""Ctrl-C and SIGTERM: the first one asks training to stop cleanly, a second one stops at once."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from nettool.engine.callbacks.stop_on_request import StopSignal


@contextmanager
def stoppable(stop: StopSignal) -> Iterator[None]:
    """While it lasts, the signals set `stop.requested`; the second one raises KeyboardInterrupt."""

    def handle(number: int, frame: FrameType | None) -> None:
        if stop.requested:
            raise KeyboardInterrupt
        stop.requested = True
        click.echo("\nstopping after this step; once more to stop at once", err=True)

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
