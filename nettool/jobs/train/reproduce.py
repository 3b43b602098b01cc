"""Repeat a finished run from its directory alone, and see whether it comes to the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nettool.graph.trainable_plan import trainable
from nettool.jobs.call_error import CallError
from nettool.jobs.open_run import OpenRun
from nettool.jobs.preflight import require_permission, require_room
from nettool.jobs.run.experiment import Experiment, Finished
from nettool.jobs.run_options import RunOptions
from nettool.jobs.train.train import stoppable
from nettool.record.checkpoints.states import last_state
from nettool.record.checkpoints.training_state import Identity
from nettool.record.files.status import read_status, trial_in
from nettool.record.run_directory import RunDirectory

if TYPE_CHECKING:
    from nettool.jobs.identity.same_outcome import Compared


@dataclass(frozen=True, slots=True)
class Repetition:
    """The new run, and how it compares; `compared` is None when it was interrupted.

    There is no new run when its spec or its data would have been other ones. `notes` say what may keep it
    from coming to the same bits.
    """

    run: RunDirectory | None
    compared: Compared | None
    notes: tuple[str, ...] = ()


class _OtherOrigins(Exception):
    """What is there to train on is not what the run was trained on."""

    def __init__(self, compared: Compared) -> None:
        super().__init__(compared.difference)
        self.compared = compared


def reproduce(run: OpenRun, options: RunOptions, *, keep: bool) -> Repetition:
    """Train anew, with its seed, what the run was trained on; unless it is to be kept, in a temporary folder.

    Spec and data are compared before anything is trained or written.

    Raises CallError for a run that is not finished, CannotResume when a state of the run is missing or
    damaged, and what a new run raises.
    """
    _require_finished(run)
    from nettool.jobs.identity.same_outcome import compare_outcomes, require_outcome

    require_outcome(run.directory)
    plan = trainable(run.plan)
    require_permission(plan.python, is_allowed=options.engine.allow_code)
    if keep:
        require_room(options.runs_dir)
    from nettool.jobs.run.early_data import EarlyData

    early = EarlyData(plan, options.place)
    notes = run.start_training(plan.python, options.engine)
    with _folder(options.runs_dir, keep=keep) as folder:
        experiment = Experiment(
            plan=plan,
            spec=run.spec,
            name=run.directory.path.parent.name,
            runs_dir=folder,
            place=options.place,
            request=options.request,
            trial=trial_in(run.directory),
            progress=options.progress,
            waiting=options.engine.waiting,
            early=early,
        )
        try:
            finished, origins = _trained_again(run.directory, experiment, options)
        except _OtherOrigins as other:
            return Repetition(None, other.compared, notes)
        if finished.state != "finished":
            return Repetition(finished.run, None, notes)
        return Repetition(finished.run, compare_outcomes(run.directory, finished.run, origins), notes)


def _trained_again(
    run: RunDirectory, experiment: Experiment, options: RunOptions
) -> tuple[Finished, Compared]:
    """The repetition, and what it had in common with the run before it was trained."""
    from nettool.jobs.identity.same_outcome import Compared, compare_origins
    from nettool.jobs.run.run_experiment import run_experiment

    saved = last_state(run)[1]
    origins = Compared(())

    def require_same(present: Identity) -> None:
        nonlocal origins
        origins = compare_origins(run, saved, experiment.plan, present)
        if origins.difference is not None:
            raise _OtherOrigins(origins)

    finished = stoppable(
        options, lambda stop: run_experiment(experiment, options.on_event, stop, require_same)
    )
    return finished, origins


@contextmanager
def _folder(runs_dir: Path, *, keep: bool) -> Iterator[Path]:
    if keep:
        yield runs_dir
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="nettool-") as folder:
        yield Path(folder)


def _require_finished(run: OpenRun) -> None:
    status = read_status(run.directory)
    if status is None or status.state != "finished":
        raise CallError(
            f"the run `{run.name}` is not finished; `nettool train --resume {run.name}` resumes it"
        )
