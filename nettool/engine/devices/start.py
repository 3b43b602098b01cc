"""Load Keras on TensorFlow or on JAX without their start-up chatter."""

import importlib
import importlib.util
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, get_args

from nettool.data.process_limits import address_space, processors
from nettool.engine.devices.lazy_keras_import import lean_import
from nettool.engine.failures import NotPossible
from nettool.files.surroundings import shut_out

Backend = Literal["tensorflow", "jax"]
"""What Keras computes with. The batches are made by TensorFlow in either case."""

BACKENDS: tuple[Backend, ...] = get_args(Backend)

QUIET_LOG_LEVEL = "3"
"""TensorFlow's C++ log level at which nothing but a crash is printed: its errors come as exceptions, too."""


_ADDRESS_SPACE, _FOR_A_PROCESSOR = 2_900_000_000, 60_000_000
"""Bytes of addresses that TensorFlow takes, however small a network is: measured with one processor and two.
With less its threads cannot be started, and it aborts the process."""


class BackendMissing(Exception):
    """A backend that is not installed; the message says how to install it."""


def require_backend(backend: Backend) -> None:
    """Raise BackendMissing when it cannot be loaded; nothing is imported."""
    if backend == "jax" and not (importlib.util.find_spec("jax") and importlib.util.find_spec("jaxlib")):
        raise BackendMissing("the backend jax is not installed: pip install 'nettool[jax]'")


def loaded_backend() -> Backend | None:
    """What Keras was loaded on in this process; None as long as it is not loaded."""
    if "keras" not in sys.modules:
        return None
    loaded = importlib.import_module("keras").backend.backend()
    return next((each for each in BACKENDS if each == loaded), None)


def start(backend: Backend | None = None) -> None:
    """Import Keras on a backend, printing nothing; call it before anything else imports them.

    None is the one that is loaded already, or TensorFlow. The C++ libraries write to file descriptor 2 before
    TF_CPP_MIN_LOG_LEVEL is looked at, so the descriptor itself is turned aside during the import. oneDNN
    stays on. Whoever has set TF_CPP_MIN_LOG_LEVEL keeps that level, and with 0 sees everything; for the
    others TensorFlow's Python side too says nothing below errors (it would count several trainings in one
    process as a fault). A second call does nothing.

    Raises BackendMissing, NotPossible where the process may not have the addresses that it takes, ImportError
    with what was printed when a library cannot be loaded, and RuntimeError when another backend was loaded
    first.
    """
    if "keras" not in sys.modules:
        wanted = backend or "tensorflow"
        require_backend(wanted)
        _require_address_space()
        shut_out()
        os.environ["KERAS_BACKEND"] = wanted
        level = os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", QUIET_LOG_LEVEL)
        if level == "0":
            _load(wanted)
        else:
            with _standard_error_kept_back():
                _load(wanted)
            logging.getLogger("tensorflow").setLevel(logging.ERROR)
    loaded = importlib.import_module("keras").backend.backend()
    if loaded not in ((backend,) if backend else BACKENDS):
        needed = backend or " or ".join(BACKENDS)
        raise RuntimeError(f"Keras was already loaded with the backend {loaded}; nettool needs {needed}")


def _require_address_space() -> None:
    limit, needed = address_space(), _ADDRESS_SPACE + _FOR_A_PROCESSOR * processors()
    if limit is not None and limit < needed:
        raise NotPossible(
            f"this process may use {limit / 1e9:.1f} GB of address space, and TensorFlow needs "
            f"{needed / 1e9:.1f} GB: allow more with `ulimit -v unlimited`"
        )


def _load(backend: Backend) -> None:
    with lean_import(backend):
        importlib.import_module("keras")
        if backend == "jax":
            importlib.import_module("jax")
        # The first look for devices is when TensorFlow complains that there is no GPU driver.
        importlib.import_module("tensorflow").config.list_physical_devices()


@contextmanager
def _standard_error_kept_back() -> Iterator[None]:
    """Keep file descriptor 2 in a temporary file; write its text out after all if something goes wrong.

    Ctrl-C is not that: who stops the start wants no further message.
    """
    sys.stderr.flush()
    saved = os.dup(2)
    with tempfile.TemporaryFile() as kept:
        os.dup2(kept.fileno(), 2)
        try:
            yield
        except KeyboardInterrupt:
            _restore(saved)
            raise
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
