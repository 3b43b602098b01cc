"""Whatever listens for signals leaves nothing behind."""

import os
import signal
import threading
from pathlib import Path

import pytest

pytestmark = pytest.mark.keras


def open_files() -> int:
    files = Path("/proc/self/fd")
    return len(list(files.iterdir())) if files.is_dir() else 0


def test_threads_files_and_handlers_are_as_before() -> None:
    from nettool.cli.training.interrupts import SIGNALS, stoppable
    from nettool.engine.stop_signal import StopSignal

    handlers = [signal.getsignal(number) for number in SIGNALS]
    threads, files = threading.active_count(), open_files()
    for _ in range(50):
        with stoppable(StopSignal()):
            pass
        assert threading.active_count() == threads
    assert open_files() == files
    assert [signal.getsignal(number) for number in SIGNALS] == handlers


def test_one_signal_asks_and_the_thread_still_ends() -> None:
    from nettool.cli.training.interrupts import stoppable
    from nettool.engine.stop_signal import StopSignal

    threads = threading.active_count()
    stop = StopSignal()
    stop.at_once = lambda: None
    with stoppable(stop):
        os.kill(os.getpid(), signal.SIGTERM)
    assert stop.requested
    assert threading.active_count() == threads
