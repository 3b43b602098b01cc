"""`nettool train --resume RUN`: take up a run that was stopped, or let a finished one go further."""

import sys
from pathlib import Path

import click

from nettool.cli.as_the_run import start_as
from nettool.cli.exit_codes import ExitCode
from nettool.cli.listeners import chosen_listener
from nettool.cli.starting import require_leave, require_room
from nettool.cli.subject import needed_run
from nettool.cli.verdict import report
from nettool.data.place import Place
from nettool.engine.devices.device_choice import DeviceChoice
from nettool.graph.trainable_plan import trainable
from nettool.jobs.trained_plan import run_plan
from nettool.record.checkpoints.states import last_state
from nettool.record.checkpoints.training_state import TrainingState
from nettool.record.disk.run_file import read_text
from nettool.record.files.provenance import read_provenance
from nettool.record.files.spec_files import resolved_path, spec_path
from nettool.record.files.status import read_status, trial_in
from nettool.record.run_directory import RunDirectory
from nettool.record.runs.links import require_no_way_out
from nettool.record.runs.lock import locked

OVERRIDDEN = "`train.epochs` was overridden"


def resume(
    text: str,
    runs_dir: Path,
    epochs: int | None,
    place: Place,
    device: DeviceChoice | None = None,
    *,
    allow_code: bool,
    is_quiet: bool,
    as_json: bool,
) -> ExitCode:
    """Carry the run that `text` means to its end, or to as many epochs as are asked for.

    It goes on on its own backend, and on its own devices unless others are given.

    Raises UsageError when there is nothing to do, CannotResume, RunInUse, and what a new run raises.
    """
    run = needed_run(text, runs_dir)
    require_no_way_out(run)
    with locked(run):
        state, identity = last_state(run)
        before = run_plan(run)
        epochs_before = 0 if before.training is None else before.training.epochs
        wanted = epochs_before if epochs is None else epochs
        _require_something_to_do(run, state, wanted)
        extends = wanted != epochs_before
        overrides = (f"train.epochs={wanted}",) if extends else ()
        plan = trainable(run_plan(run, overrides) if extends else before)
        require_room(run.path)
        require_leave(plan.python, is_allowed=allow_code)

        listener = chosen_listener(is_quiet=is_quiet, as_json=as_json)
        from nettool.jobs.early_data import EarlyData

        early = EarlyData(plan, place)
        notes = start_as(run, plan.python, device, is_silent=is_quiet or as_json)
        from nettool.cli.interrupts import stoppable
        from nettool.engine.stop_signal import StopSignal
        from nettool.jobs.experiment import Experiment
        from nettool.jobs.run import resume_run
        from nettool.jobs.taken_up import TakenUp
        from nettool.jobs.trial import trial_of

        facts = read_provenance(run) or {}
        unchecked = facts.get("unchecked")
        experiment = Experiment(
            plan,
            str(facts.get("spec", resolved_path(run))),
            run.path.parent.name,
            run.path.parent.parent,
            place,
            tuple(sys.argv[1:]),
            overrides,
            OVERRIDDEN if extends else str(unchecked) if unchecked else None,
            trial_of(plan.training, overrides, read_text(spec_path(run)), run.path)
            if extends
            else trial_in(run),
            progress=not (is_quiet or as_json) and sys.stderr.isatty(),
            early=early,
        )
        stop = StopSignal()
        with stoppable(stop):
            finished = resume_run(experiment, TakenUp(run, state, identity, extends, notes), listener, stop)
    return report(finished, is_quiet=is_quiet, as_json=as_json)


def _require_something_to_do(run: RunDirectory, state: TrainingState, epochs: int) -> None:
    done, status = state.position, read_status(run)
    is_finished = status is not None and status.state == "finished"
    if state.is_over and is_finished:
        raise click.UsageError(f"{run.path} is finished: its training ended by itself after {done}")
    if epochs < done.epoch or (epochs == done.epoch and (done.step or is_finished)):
        raise click.UsageError(
            f"{run.path} is {'finished' if is_finished else 'further'}: {done} are done; "
            f"`--epochs N` with an N above {done.epoch} lets it go on"
        )
