"""What options of the command line say of the engine; a word while it starts."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from nettool.cli.output.output import Output
from nettool.diagnostics.printable import make_printable, terminal
from nettool.engine.devices.device_choice import DeviceChoice
from nettool.engine.devices.start import Backend
from nettool.jobs.run_options import EngineOptions

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def engine_options(
    backend: Backend | None = None,
    device: DeviceChoice | None = None,
    *,
    allow_code: bool = False,
    output: Output,
) -> EngineOptions:
    """What the options say of the engine; on a terminal it is shown what is waited for."""
    return EngineOptions(backend, device, allow_code, _spinner if output.has_bars else _nothing)


def _nothing(what: str) -> "AbstractContextManager[object]":
    return nullcontext()


@contextmanager
def _spinner(what: str) -> Iterator[None]:
    from rich.console import Console

    with Console(file=terminal(sys.stderr)).status(what):
        make_printable()
        yield
