"""What happens during a run, as data: the engine says it, the command line shows it, the log keeps it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from nettool.record.disk.json_form import plain_facts, written_as

Metrics = Mapping[str, float]
"""A network's losses and metrics by name: `loss`, `accuracy`, `val_loss`, `label_accuracy` …"""


@dataclass(frozen=True, slots=True)
class RunStarted:
    """A run directory was made. Sample counts by part; `parameters` of the network; what makes it a trial."""

    name: str
    directory: str
    samples: Mapping[str, int]
    parameters: int
    epochs: int
    batch_size: int
    trial: str | None = None


@dataclass(frozen=True, slots=True)
class RunResumed:
    """A run is resumed: `epochs` are over, and `step` steps of the next one are done."""

    epochs: int
    step: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the user should know (data was resized, an expectation was not checked …)."""

    text: str


@dataclass(frozen=True, slots=True)
class EpochStarted:
    """Epochs count from 1; `steps` is the number of batches in it."""

    epoch: int
    epochs: int
    steps: int


@dataclass(frozen=True, slots=True)
class StepsDone:
    """So many steps of the epoch are done; `metrics` are the averages so far."""

    epoch: int
    step: int
    steps: int
    metrics: Metrics = field(metadata=written_as("figures"))


@dataclass(frozen=True, slots=True)
class EpochEnded:
    """One epoch with its training and (`val_…`) validation metrics; `seconds` it took.

    `is_best`: no epoch before it was as good.
    """

    epoch: int
    epochs: int
    metrics: Metrics = field(metadata=written_as("figures"))
    learning_rate: float
    seconds: float
    is_best: bool = False


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A part of the data was evaluated: how many `samples`. `left_out`: how many at its end were not used."""

    part: str
    samples: int
    metrics: Metrics = field(metadata=written_as("figures"))
    seconds: float
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Working:
    """Something after the training takes longer than a few seconds: `what`, in words."""

    what: str


@dataclass(frozen=True, slots=True)
class RunEnded:
    """The end: `finished`, `interrupted` or `failed`."""

    status: str
    directory: str
    seconds: float


Event = (
    RunStarted | RunResumed | Note | EpochStarted | StepsDone | EpochEnded | Evaluated | Working | RunEnded
)
Listener = Callable[[Event], None]


def event_facts(event: Event) -> dict[str, object]:
    """The event's name and its fields: `{"event": "epoch_ended", "epoch": 3, …}`.

    Metrics that are not finite are None.
    """
    return {"event": event_name(type(event)), **plain_facts(event)}


def event_name(kind: type) -> str:
    """The name of a kind of events: `epoch_ended`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
