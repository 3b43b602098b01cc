"""The backend and the devices of a run, which it goes on with unless others are asked for."""

import click

from nettool.cli.starting import start_engine
from nettool.engine.devices.device_choice import AUTO, DeviceChoice, device_choice
from nettool.engine.devices.start import BACKENDS, Backend
from nettool.engine.failures import NotPossible
from nettool.record.files.provenance import read_provenance
from nettool.record.run_damaged import RunDamaged
from nettool.record.run_directory import RunDirectory
from nettool.spec.python_file import PythonFile


def backend_of(run: RunDirectory) -> Backend:
    """The backend that the run was trained on; TensorFlow where it does not say so."""
    said = _said(run, "backend")
    return next((each for each in BACKENDS if each == said), "tensorflow")


def devices_of(run: RunDirectory) -> DeviceChoice:
    """The devices that the run was trained on; `auto` where it does not say so."""
    said = _said(run, "devices")
    if not isinstance(said, list) or not said:
        return AUTO
    numbers = ",".join(str(name).rpartition(":")[2] for name in said)
    try:
        return device_choice(f"{str(said[0]).partition(':')[0]}:{numbers}")
    except RunDamaged:
        return AUTO


def start_as(
    run: RunDirectory, python: tuple[PythonFile, ...], device: DeviceChoice | None, *, is_silent: bool
) -> tuple[str, ...]:
    """Start the engine as the run had it, but for the device where one is given.

    Notes on what may keep it from coming to the same bits. Raises what `start_engine` does.
    """
    before = devices_of(run)
    try:
        start_engine(python, is_silent=is_silent, backend=backend_of(run), device=device or before)
    except NotPossible as problem:
        if device is not None or before == AUTO:
            raise
        raise NotPossible(
            f"the run was on {before}: {problem}; --device says where else, perhaps not to the same bits"
        ) from problem
    from nettool.engine.devices.devices import devices_in_use

    present = devices_in_use()
    if before == AUTO or before.names == present:
        return ()
    return (f"the run was on {before}, and is on {', '.join(present)} now: it may not come to the same bits",)


def one_device(device: DeviceChoice | None) -> DeviceChoice:
    """The device for what needs no more than one; a usage error where there are several."""
    if device is not None and len(device.numbers) > 1:
        raise click.UsageError(f"--device {device}: only training is divided among devices; name one")
    return device or AUTO


def _said(run: RunDirectory, key: str) -> object:
    try:
        return (read_provenance(run) or {}).get(key)
    except ValueError:
        return None
