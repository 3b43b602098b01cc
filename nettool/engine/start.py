"""Load TensorFlow and Keras without their start-up chatter."""

import importlib
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from nettool.engine.lean_import import lean_import

QUIET_LOG_LEVEL = "3"
"""TensorFlow's C++ log level at which nothing but a crash is printed: its errors come as exceptions, too."""


def start() -> None:
    """Import Keras on TensorFlow, printing nothing; call it before anything else imports them.

    The C++ libraries write to file descriptor 2 before TF_CPP_MIN_LOG_LEVEL is looked at, so the descriptor
    itself is turned aside during the import. oneDNN stays on. Whoever has set TF_CPP_MIN_LOG_LEVEL keeps that
    level, and with 0 sees everything; for the others TensorFlow's Python side too says nothing below errors
    (it would count several trainings in one process as a fault). A second call does nothing.

    Raises ImportError with what was printed when TensorFlow cannot be loaded, and RuntimeError when another
    Keras backend was loaded first.
    """
    if "keras" not in sys.modules:
        os.environ["KERAS_BACKEND"] = "tensorflow"
        level = os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", QUIET_LOG_LEVEL)
        if level == "0":
            _load()
        else:
            with _standard_error_kept_back():
                _load()
            logging.getLogger("tensorflow").setLevel(logging.ERROR)
    backend = importlib.import_module("keras").backend.backend()
    if backend != "tensorflow":
        raise RuntimeError(f"Keras was already loaded with the backend {backend}; nettool needs tensorflow")


def _load() -> None:
    with lean_import("tensorflow"):
        importlib.import_module("keras")
        # The first look for devices is when TensorFlow complains that there is no GPU driver.
        importlib.import_module("tensorflow").config.list_physical_devices()


@contextmanager
def _standard_error_kept_back() -> Iterator[None]:
    """Keep file descriptor 2 in a temporary file; write its text out after all if an exception comes."""
    sys.stderr.flush()
    saved = os.dup(2)
    with tempfile.TemporaryFile() as kept:
        os.dup2(kept.fileno(), 2)
        try:
            yield
        except BaseException:
            _restore(saved)
            kept.seek(0)
            os.write(2, kept.read())
            raise
        else:
            _restore(saved)


def _restore(saved: int) -> None:
    sys.stderr.flush()
    os.dup2(saved, 2)
    os.close(saved)
