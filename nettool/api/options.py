"""The plain arguments of a caller, as the options that jobs take."""

import os
import sys
from pathlib import Path

from nettool.api.arguments import path_of, require_one_of, text_of
from nettool.data.place import Place
from nettool.engine.devices.device_choice import device_choice
from nettool.engine.devices.start import BACKENDS, Backend
from nettool.jobs.call_error import CallError
from nettool.jobs.run_options import EngineOptions, RunOptions


def engine_options(
    backend: Backend | None = None, device: str | None = None, *, allow_code: bool = False
) -> EngineOptions:
    """Raises CallError for a backend or a device of which there is none."""
    if backend is not None:
        require_one_of("backend", backend, BACKENDS)
    try:
        chosen = None if device is None else device_choice(text_of("device", device))
    except ValueError as error:
        raise CallError(str(error)) from error
    return EngineOptions(backend or _backend_of_environment(), chosen, allow_code)


def looking_options(
    device: str | None, data_dir: str | Path | None, *, offline: bool, allow_code: bool
) -> RunOptions:
    """For what uses a run's model and its data, and trains nothing."""
    engine = engine_options(None, device, allow_code=allow_code)
    return RunOptions(place=place(data_dir, offline=offline), engine=engine)


def place(data_dir: str | Path | None, *, offline: bool) -> Place:
    """Where data are looked for."""
    return Place(None if data_dir is None else path_of("data_dir", data_dir), offline)


def _backend_of_environment() -> Backend | None:
    """What KERAS_BACKEND says, as long as Keras is not there to be asked."""
    said = None if "keras" in sys.modules else os.environ.get("KERAS_BACKEND")
    return next((each for each in BACKENDS if each == said), None)
