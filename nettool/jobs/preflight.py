"""What comes before any work of Keras: refuse what can be refused, then start the engine."""

import errno
import gc
import os
from pathlib import Path

from nettool.diagnostics.caller import by_caller
from nettool.diagnostics.diagnostic import SpecError
from nettool.engine.devices.device_choice import AUTO, DeviceChoice
from nettool.engine.devices.start import Backend, BackendMissing, loaded_backend, require_backend, start
from nettool.graph.options.user_code import refusal_to_run
from nettool.jobs.call_error import CallError
from nettool.jobs.run_options import EngineOptions
from nettool.spec.network.python_file import PythonFile

_SHOWN: dict[Backend, str] = {"tensorflow": "TensorFlow", "jax": "JAX"}


def require_room(runs_dir: Path) -> None:
    """Raise OSError when the folder of the runs, or the one that it is to be made in, is read-only."""
    place = runs_dir.absolute()
    while not place.exists():
        place = place.parent
    if not place.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(runs_dir))
    if not os.access(place, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "it cannot be written to", str(runs_dir))


def require_permission(python: tuple[PythonFile, ...], *, is_allowed: bool) -> None:
    """Raise SpecError for a spec that brings code, unless the user allowed it."""
    refusal = refusal_to_run(python)
    if refusal is not None and not is_allowed:
        raise SpecError((refusal,))


def one_device(device: DeviceChoice | None) -> DeviceChoice | None:
    """The device, for what needs no more than one. Raises CallError where there are several."""
    if device is not None and len(device.numbers) > 1:
        raise CallError(f"only training is divided among devices: name one, not {device}", argument="device")
    return device


def smaller_layers() -> str:
    """What helps when a network does not fit into the memory."""
    shows = by_caller(command_line="`nettool summary` shows them", python="`Spec.summary()` shows them")
    return f"make its largest layers smaller ({shows})"


def start_engine(python: tuple[PythonFile, ...], options: EngineOptions) -> None:
    """Load Keras on its backend and devices, then the layers of these files (if running them was allowed).

    Raises CallError when the backend is not installed or Keras was loaded on another, before anything is
    done; NotPossible for a device that is not there, and UserCodeFailed.
    """
    loaded = loaded_backend()
    backend = options.backend or loaded or "tensorflow"
    if loaded not in (None, backend):
        raise CallError(
            f"Keras was already loaded with the backend {loaded}: start Python anew to compute with {backend}"
        )
    try:
        require_backend(backend)
    except BackendMissing as error:
        raise CallError(str(error)) from error
    # From here on the process lives long enough for circular garbage to pile up.
    gc.enable()
    with options.waiting(f"starting {_SHOWN[backend]}"):
        start(backend)
    from nettool.engine.devices.devices import use_devices

    use_devices(options.device or AUTO)
    if python:
        from nettool.engine.model.user_layers import load_user_layers

        load_user_layers(python)
