"""What a caller asks for besides the spec: where runs and data are, what computes, who gets the events."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.data.place import Place
from nettool.engine.devices.device_choice import DeviceChoice
from nettool.engine.devices.start import Backend
from nettool.record.events.events import Event, Listener
from nettool.record.files.run_request import RunRequest

if TYPE_CHECKING:
    from nettool.engine.stop_signal import StopSignal

Waiting = Callable[[str], AbstractContextManager[object]]
"""Surrounds what takes seconds, and may show its argument, `starting TensorFlow`, meanwhile."""

Stoppable = Callable[["StopSignal"], AbstractContextManager[object]]
"""Surrounds a training, and sets `requested` when the user wants it to stop."""


def without_display(what: str) -> AbstractContextManager[object]:
    """Nothing is shown meanwhile."""
    return nullcontext()


def _never_stopped(signal: "StopSignal") -> AbstractContextManager[object]:
    return nullcontext()


def ignore(event: Event) -> None:
    """A listener that does nothing."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What computes, and whether the spec's own Python files may be run.

    A `backend` or `device` of None is the run's own; of a new run TensorFlow, on the first GPU if there is
    one.
    """

    backend: Backend | None = None
    device: DeviceChoice | None = None
    allow_code: bool = False
    waiting: Waiting = without_display


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run is carried out.

    `name` is the run's, None for the spec's own. `request` is kept with the run. `progress` allows bars for
    downloads. `on_event` is called with every event.
    """

    runs_dir: Path = Path("runs")
    name: str | None = None
    place: Place = field(default_factory=Place)
    engine: EngineOptions = field(default_factory=EngineOptions)
    request: RunRequest = field(default_factory=lambda: RunRequest(command=()))
    progress: bool = False
    on_event: Listener = ignore
    stoppable: Stoppable = _never_stopped
