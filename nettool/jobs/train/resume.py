"""Resume a run exactly where it stopped, or train a finished one for more epochs."""

from nettool.graph.trainable_plan import TrainablePlan, trainable
from nettool.jobs.call_error import NothingToResume
from nettool.jobs.open_run import OpenRun
from nettool.jobs.preflight import require_permission, require_room
from nettool.jobs.run.experiment import Experiment, Finished
from nettool.jobs.run_options import RunOptions
from nettool.jobs.train.train import stoppable, trial_of
from nettool.record.checkpoints.states import last_state
from nettool.record.checkpoints.training_state import TrainingState
from nettool.record.disk.run_file import read_text
from nettool.record.files.spec_files import spec_path
from nettool.record.files.status import read_status, trial_in
from nettool.record.run_directory import RunDirectory
from nettool.record.runs.links import require_no_way_out
from nettool.record.runs.lock import locked

_OVERRIDDEN = "`train.epochs` was overridden"


def resume(run: OpenRun, epochs: int | None, options: RunOptions) -> Finished:
    """Train a run to its end, or to so many epochs in all.

    The run's own backend is used, and its own devices unless another is asked for. `runs_dir` and `name` of
    the options do not count: they are the run's.

    Raises NothingToResume, CannotResume, RunInUse, and what a new run raises.
    """
    directory = run.directory
    require_no_way_out(directory)
    with locked(directory):
        state, identity = last_state(directory)
        before = run.training.epochs
        until = before if epochs is None else epochs
        _require_epochs_left(directory, state, until)
        extends = until != before
        overrides = (f"train.epochs={until}",) if extends else ()
        plan = trainable(run.plan_with(overrides) if extends else run.plan)
        require_room(directory.path)
        require_permission(plan.python, is_allowed=options.engine.allow_code)
        from nettool.jobs.run.early_data import EarlyData

        early = EarlyData(plan, options.place)
        notes = run.start_training(plan.python, options.engine)
        from nettool.jobs.run.experiment import Resumed
        from nettool.jobs.run.run_experiment import resume_run

        experiment = Experiment(
            plan=plan,
            spec=run.spec,
            name=directory.path.parent.name,
            runs_dir=directory.path.parent.parent,
            place=options.place,
            request=options.request,
            overrides=overrides,
            unchecked=_OVERRIDDEN if extends else _unchecked(run),
            trial=_trial(directory, plan, overrides) if extends else trial_in(directory),
            progress=options.progress,
            waiting=options.engine.waiting,
            early=early,
        )
        resumed = Resumed(directory, state, identity, extends, notes)
        return stoppable(options, lambda stop: resume_run(experiment, resumed, options.on_event, stop))


def _unchecked(run: OpenRun) -> str | None:
    return None if run.provenance is None else run.provenance.unchecked or None


def _trial(run: RunDirectory, plan: TrainablePlan, overrides: tuple[str, ...]) -> str | None:
    return trial_of(plan.training, overrides, read_text(spec_path(run)), run.path)


def _require_epochs_left(run: RunDirectory, state: TrainingState, epochs: int) -> None:
    done, status = state.position, read_status(run)
    is_finished = status is not None and status.state == "finished"
    if state.is_over and is_finished:
        raise NothingToResume(f"{run.path} is finished: its training ended by itself after {done}")
    if epochs < done.epoch or (epochs == done.epoch and (done.step or is_finished)):
        stands = "finished" if is_finished else "further"
        raise NothingToResume(f"{run.path} is {stands}: {done} are done", done.epoch)
