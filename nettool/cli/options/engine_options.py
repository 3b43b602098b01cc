"""What options of the command line say of the engine; a word while it starts."""

from functools import partial

from nettool.cli.output.output import Output
from nettool.cli.output.waiting import waiting
from nettool.engine.devices.device_choice import DeviceChoice
from nettool.engine.devices.start import Backend
from nettool.jobs.run_options import EngineOptions


def engine_options(
    backend: Backend | None = None,
    device: DeviceChoice | None = None,
    *,
    allow_code: bool = False,
    output: Output,
) -> EngineOptions:
    """What the options say of the engine; on a terminal it is shown what is waited for."""
    return EngineOptions(backend, device, allow_code, partial(waiting, output=output))
