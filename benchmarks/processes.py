"""Run a script as a process of its own, and say what it took."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KIBIBYTES = 1024
LIMIT = 90.0
"""Seconds that a process may take."""


class TooSlow(Exception):
    """It took more than that: on a busy machine, threads that wait for each other may get nowhere."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process printed, its seconds by the clock and of processor time, and its peak memory in MiB."""

    printed: str
    seconds: float
    processor_seconds: float
    peak: float

    def last_line(self) -> Any:  # noqa: ANN401 - whatever was printed
        """The last line that was printed, which is JSON."""
        return json.loads(self.printed.strip().splitlines()[-1])


def run(
    *arguments: str | int | Path, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Ended:
    """Run Python with these arguments. Raises TooSlow.

    When the process fails, the whole benchmark ends with what it said.
    """
    settings = {"TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow", **(environment or {})}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            stdout=out,
            stderr=errors,
            env={**os.environ, **settings},
            cwd=folder,
        )
        ending = threading.Timer(LIMIT, process.kill)
        ending.start()
        # Not `wait`: only this tells what the one process took.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        ending.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if seconds >= LIMIT:
            raise TooSlow
        if status:
            errors.seek(0)
            raise SystemExit(errors.read().decode())
        out.seek(0)
        return Ended(
            out.read().decode(), seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / KIBIBYTES
        )
