"""A process that decodes image files for another one; this file is both sides of what they say to each other.

A process of its own waits for nobody: threads of one process would take turns with Python's lock several
times for each image, and threads that want to train would wait with them. It is asked on its standard input
and answers on its standard output, and ends when the one who asks is gone, however that came about.

    python -m nettool.data.images.decoder

A request is the length of a JSON text in four bytes, and the text; an answer is one byte, and after `DONE`
the pixels of all images, one after the other.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import IO

import numpy as np

from nettool.data.images.decode_images import ImageFormat, decode_images
from nettool.data.images.kept_images import Images

READY, DONE, FAILED = b"r", b"d", b"f"
_LENGTH = 4
_PIPE = 1 << 20
"""Bytes; what Linux allows everybody."""
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""Each process takes one processor: there are as many of them as there are processors."""


class Decoder:
    """The process as the one who asks sees it. For one thread at a time."""

    def __init__(self) -> None:
        """Start it, and wait until it is ready. Raises OSError when it cannot be started."""
        self._process = subprocess.Popen(
            # -P: a file of the user's that is named like a module of Python's must not be imported.
            [sys.executable, "-P", "-m", __spec__.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,  # what buffers has a lock, and Python cannot end while a thread holds it
            env={**os.environ, **_ONE_THREAD},
        )
        _widen(self._answers)
        if self._answers.read(1) != READY:
            self.end()
            raise OSError("it ended before it was ready")

    def decode(self, paths: Sequence[str], target: ImageFormat) -> Images | None:
        """The images; None when one of them cannot be decoded, to be reported by the process that asks.

        Raises OSError when the process has ended.
        """
        request = json.dumps({"paths": list(paths), "target": asdict(target)}).encode()
        _write(self._requests, len(request).to_bytes(_LENGTH) + request)
        answer = self._answers.read(1)
        if answer == FAILED:
            return None
        images = np.empty((len(paths), *target.shape), target.dtype)
        if answer != DONE or not _fill(images, self._answers):
            raise OSError("it ended before it was done")
        return images

    def kill(self) -> None:
        """End it while another thread waits for what it answers; that thread gets an OSError."""
        self._process.kill()

    def end(self) -> None:
        """End it, and clear up behind it."""
        self._process.kill()
        self._requests.close()
        self._answers.close()
        self._process.wait()

    @property
    def _requests(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _answers(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout


def _widen(pipe: IO[bytes]) -> None:
    """Where the system can do it: so that a process writes its answer at once and need not wait halfway."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # the system allows less
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _write(pipe: IO[bytes], content: bytes) -> None:
    rest = memoryview(content)
    while len(rest):
        rest = rest[pipe.write(rest) :]


def _fill(images: Images, pipe: IO[bytes]) -> bool:
    """Whether there was enough in the pipe."""
    rest = images.reshape(-1).view(np.uint8).data
    while len(rest):
        count = pipe.readinto(rest)  # type: ignore[attr-defined]
        if not count:
            return False
        rest = rest[count:]
    return True


def _serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    answers.write(READY)
    answers.flush()
    while len(length := requests.read(_LENGTH)) == _LENGTH:
        request = json.loads(requests.read(int.from_bytes(length)))
        images = _decoded(request["paths"], ImageFormat(**request["target"]))
        answers.write(FAILED if images is None else DONE)
        if images is not None:
            answers.write(images.reshape(-1).view(np.uint8).data)
        answers.flush()


def _decoded(paths: Sequence[str], target: ImageFormat) -> Images | None:
    try:
        images = np.empty((len(paths), *target.shape), target.dtype)
        decode_images(paths, target, images, np.arange(len(paths)))
    except Exception:  # whatever it is: the one who asks tries it once more, and says what comes of it
        return None
    return images


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    try:
        _serve(sys.stdin.buffer, sys.stdout.buffer)
    except OSError:  # there is nobody to answer any more
        os._exit(0)
