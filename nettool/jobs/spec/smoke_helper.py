"""A second process for many smoke runs, which begins with the last one; this file is both sides of it.

Building a network and taking a few steps keeps one processor busy, so two processes take half the time. The
other one answers only for what passed: what fails in it, or ends it, is tried once more by the one who asks,
who then says why. It ends when the one who asks is gone, however that came about.

    python -m nettool.jobs.spec.smoke_helper

Its standard input holds one line of JSON, what is to be done, and stays open; it answers with a line for each
spec, in the order of the request.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Condition, Thread
from typing import IO, TYPE_CHECKING, Any

from nettool.data.process_limits import available_memory, processors
from nettool.engine.devices.device_choice import AUTO, device_choice
from nettool.jobs.run_options import EngineOptions

if TYPE_CHECKING:
    from nettool.jobs.spec.smoke import SmokeResult

Helped = Callable[[Path], "SmokeResult | None"]
"""What the other process made of a spec, when it is done with it or at it; None if that is nothing."""

FEWEST = 8
"""Specs: the time of fewer is little more than the start of another TensorFlow."""
ROOM = 6 << 30
"""Bytes that must be free: two large networks at a time may take so much."""


@contextmanager
def helped(specs: Sequence[Path], overrides: tuple[str, ...], options: EngineOptions) -> Iterator[Helped]:
    """While it lasts, another process works through these specs from the last one on, where that pays.

    The engine has been started: a GPU is not shared, since TensorFlow takes all of its memory.
    """
    from nettool.engine.devices.devices import gpu_names

    if len(specs) < FEWEST or processors() < 2 or gpu_names() or available_memory() < ROOM:
        yield _no_help
        return
    request = {
        "specs": [str(path) for path in reversed(specs)],
        "overrides": overrides,
        "backend": options.backend,
        "device": str(options.device or AUTO),
    }
    try:
        helper = _Helper(request)
    except OSError:
        yield _no_help
        return
    try:
        yield helper.result
    finally:
        helper.end()


def _no_help(path: Path) -> None:
    return None


class _Helper:
    """The process as the one who asks sees it."""

    def __init__(self, request: Mapping[str, Any]) -> None:
        """Start it. Raises OSError when it cannot be started."""
        self._specs: list[str] = request["specs"]
        self._answers: list[Mapping[str, Any]] = []
        self._is_over = False
        self._changed = Condition()
        self._process = subprocess.Popen(
            # -P: a file of the user's that is named like a module of Python's must not be imported.
            [sys.executable, "-P", "-m", __spec__.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        with suppress(OSError):  # it has ended: what it would have done is done here
            print(json.dumps(request), file=self._process.stdin, flush=True)

    def result(self, path: Path) -> "SmokeResult | None":
        """What it made of a spec; it is waited for while it is at it."""
        from nettool.jobs.spec.smoke import SmokeResult

        place = self._specs.index(str(path)) if str(path) in self._specs else len(self._specs)
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or place != len(self._answers))
            found = self._answers[place] if place < len(self._answers) else {}
        return SmokeResult(**found) if found else None

    def end(self) -> None:
        """End it, and clear up behind it."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with suppress(ValueError):  # an answer that was broken off
            for line in self._process.stdout:
                answer = json.loads(line)
                with self._changed:
                    self._answers.append(answer)
                    self._changed.notify_all()
        with self._changed:
            self._is_over = True
            self._changed.notify_all()


def _serve(requests: IO[str], answers: IO[str]) -> None:
    from nettool.jobs.preflight import start_engine

    request = json.loads(requests.readline())
    Thread(target=_end_with_asker, args=(requests.fileno(),), daemon=True).start()
    start_engine((), EngineOptions(request["backend"], device_choice(request["device"])))
    for path in request["specs"]:
        print(json.dumps(_outcome(Path(path), tuple(request["overrides"]))), file=answers, flush=True)


def _outcome(path: Path, overrides: tuple[str, ...]) -> Mapping[str, Any]:
    """The parts of a SmokeResult; nothing where it failed."""
    from dataclasses import asdict

    from nettool.front_end import load
    from nettool.jobs.spec.smoke import smoke

    try:
        return asdict(smoke(load(path, overrides)[0]))
    except Exception:  # whatever it is: the one who asks tries it once more, and says what comes of it
        return {}


def _end_with_asker(requests: int) -> None:
    """Not through a file of Python's: its lock would be held when Python ends."""
    while os.read(requests, 1):
        pass
    os._exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is no answer
    with suppress(OSError):  # there is nobody to answer any more
        _serve(sys.stdin, answers)
