"""nettool computes as in a process of its own, and leaves the caller's process as it was."""

from __future__ import annotations

import logging
import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from nettool.engine.failures import NotPossible
from nettool.files.surroundings import overruling_variables
from nettool.jobs.call_error import CallError

_ONE_AT_A_TIME = RLock()
"""Seeds and Keras's settings are those of the whole process: a second thread waits."""


@contextmanager
def at_work() -> Iterator[None]:
    """Around what computes with Keras: one thread at a time, with Keras's default settings.

    The states of Python's and NumPy's random numbers, Keras's settings and the environment are afterwards
    as they were before. Raises CallError for what the backend or the device cannot do.
    """
    with _ONE_AT_A_TIME, _same_random_states(), _same_environment(), _default_settings():
        try:
            yield
        except NotPossible as error:
            raise CallError(str(error)) from error


@contextmanager
def _same_random_states() -> Iterator[None]:
    import numpy as np

    python, numpy = random.getstate(), np.random.get_state()
    try:
        yield
    finally:
        random.setstate(python)
        np.random.set_state(numpy)


@contextmanager
def _same_environment() -> Iterator[None]:
    """Without the variables that would overrule a spec."""
    before = {name: os.environ.pop(name) for name in overruling_variables()}
    try:
        yield
    finally:
        os.environ.update(before)


@contextmanager
def _default_settings() -> Iterator[None]:
    """Keras's own settings, whatever the caller has changed.

    Where Keras is not loaded yet, nobody has changed any: what is loaded meanwhile is left with its own.
    """
    if "keras" not in sys.modules:
        try:
            yield
        finally:
            if "keras" in sys.modules:
                from nettool.engine.devices.keras_settings import KerasSettings

                KerasSettings().use()
        return
    from nettool.engine.devices.keras_settings import KerasSettings

    before, log = KerasSettings.now(), logging.getLogger("tensorflow")
    level = log.level
    KerasSettings().use()
    if os.environ.get("TF_CPP_MIN_LOG_LEVEL") != "0":
        log.setLevel(logging.ERROR)  # it would count several trainings in one process as a fault
    try:
        yield
    finally:
        log.setLevel(level)
        before.use()
