"""Options of the command line as the values that jobs take; a word while the engine starts."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nettool.diagnostics.printable import make_printable, terminal
from nettool.engine.devices.device_choice import DeviceChoice
from nettool.engine.devices.start import Backend
from nettool.jobs.run_options import EngineOptions

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


@dataclass(frozen=True, slots=True)
class Output:
    """How much a command prints, and in which form."""

    is_quiet: bool = False
    as_json: bool = False

    @property
    def is_for_people(self) -> bool:
        """Whether bars and words about waiting are welcome."""
        return not (self.is_quiet or self.as_json)

    @property
    def has_bars(self) -> bool:
        """Whether bars can be drawn on standard error."""
        return self.is_for_people and sys.stderr.isatty()


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
