"""What is to be run or resumed, how it was asked for, and how it ended."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.data.place import Place
from nettool.graph.trainable_plan import TrainablePlan
from nettool.jobs.run_options import Waiting, without_display
from nettool.record.files.results import Best, CheckedExpectation
from nettool.record.files.run_request import RunRequest
from nettool.record.files.status import EndState
from nettool.record.run_directory import RunDirectory

if TYPE_CHECKING:
    from nettool.jobs.run.early_data import EarlyData
    from nettool.record.checkpoints.training_state import Identity, TrainingState


@dataclass(frozen=True, slots=True)
class Experiment:
    """A plan and what is to be remembered of how it was asked for.

    `request` is kept as it is. `unchecked` says why expectations of results are not checked (data or training
    were overridden); None when they are. `trial` says what makes the run a trial; None for a run as its spec
    asks for. `progress` allows bars for downloads. `early` has begun to load the data; without it they are
    loaded when they are needed. `waiting` surrounds what takes seconds.
    """

    plan: TrainablePlan
    spec: str
    name: str
    runs_dir: Path
    place: Place
    request: RunRequest
    overrides: tuple[str, ...] = ()
    unchecked: str | None = None
    trial: str | None = None
    progress: bool = False
    early: "EarlyData | None" = None
    waiting: Waiting = without_display


@dataclass(frozen=True, slots=True)
class Finished:
    """How a run ended: `state` as in status.json, and the expectations with what was measured.

    `was_stopped` says that the user did not want to wait for its pictures.
    """

    run: RunDirectory
    state: EndState
    expectations: tuple[CheckedExpectation, ...] = ()
    best: Best | None = None
    was_stopped: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Resumed:
    """A run, its last state and what that state belongs to; `extends` when there are to be more epochs.

    `notes` say what may keep it from coming to the same bits.
    """

    run: RunDirectory
    state: "TrainingState"
    identity: "Identity"
    extends: bool
    notes: tuple[str, ...] = ()
