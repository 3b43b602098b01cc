"""What options of the command line say of the engine; a word while it starts."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from nettool.cli.output.output import Output
from nettool.diagnostics.printable import make_printable, terminal
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
    options = EngineOptions(backend, device, allow_code)
    return replace(options, waiting=_spinner) if output.has_bars else options


@contextmanager
def _spinner(what: str) -> Iterator[None]:
    from rich.console import Console

    with Console(file=terminal(sys.stderr)).status(what):
        make_printable()
        yield
