"""Starting the engine: with the user's leave for code of their own, and a word while it takes its seconds."""

import errno
import gc
import os
import sys
from pathlib import Path

import click

from nettool.diagnostics.diagnostic import SpecError
from nettool.diagnostics.printable import make_printable, terminal
from nettool.engine.devices.device_choice import AUTO, DeviceChoice
from nettool.engine.devices.start import Backend, BackendMissing, require_backend, start
from nettool.graph.options.user_code import refusal_to_run
from nettool.spec.python_file import PythonFile

_SHOWN: dict[Backend, str] = {"tensorflow": "TensorFlow", "jax": "JAX"}


def require_room(runs_dir: Path) -> None:
    """Refuse (by OSError) to go on when the folder of the runs, or what it is to be made in, is read-only."""
    place = runs_dir.absolute()
    while not place.exists():
        place = place.parent
    if not place.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(runs_dir))
    if not os.access(place, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "it cannot be written to", str(runs_dir))


def require_leave(python: tuple[PythonFile, ...], *, is_allowed: bool) -> None:
    """Refuse (by SpecError) to go on with a spec that brings code, unless the user allowed it."""
    refusal = refusal_to_run(python)
    if refusal is not None and not is_allowed:
        raise SpecError((refusal,))


def start_engine(
    python: tuple[PythonFile, ...] = (),
    *,
    is_silent: bool,
    backend: Backend = "tensorflow",
    device: DeviceChoice = AUTO,
) -> None:
    """Load Keras on its backend and devices, then the layers of these files (if running them was allowed).

    Unless silent, a terminal shows what it is waiting for. A usage error says that the backend is not
    installed, before anything is loaded. Raises NotPossible for a device that is not there, and
    UserCodeFailed.
    """
    try:
        require_backend(backend)
    except BackendMissing as error:
        raise click.UsageError(str(error)) from error
    # From here on the process lives long enough for circular garbage to pile up.
    gc.enable()
    if is_silent or not sys.stderr.isatty():
        start(backend)
    else:
        from rich.console import Console

        with Console(file=terminal(sys.stderr)).status(f"starting {_SHOWN[backend]}"):
            make_printable()
            start(backend)
    from nettool.engine.devices.devices import use_devices

    use_devices(device)
    if python:
        from nettool.engine.model.user_layers import load_user_layers

        load_user_layers(python)
