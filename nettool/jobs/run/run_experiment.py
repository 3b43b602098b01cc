"""Experiment → finished run: data, model, directory, training, and an end that is always reported."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial

from nettool.engine.devices.out_of_memory import is_out_of_memory, out_of_memory
from nettool.engine.model.user_layers import blaming_user_code
from nettool.engine.stop_signal import StopSignal
from nettool.engine.train.resume_check import require_course
from nettool.jobs.clock import Clock
from nettool.jobs.evaluate.whole_batches import fills_a_batch
from nettool.jobs.identity.identity import check_identity
from nettool.jobs.identity.saved_spec import resumed_identity
from nettool.jobs.observe.optional_steps import OptionalSteps
from nettool.jobs.report_run import report_run
from nettool.jobs.run.experiment import Experiment, Finished, Resumed
from nettool.jobs.run.prepare import Prepared, prepare
from nettool.jobs.run.recorder import Recorder
from nettool.record.checkpoints.training_state import Identity
from nettool.record.disk.atomic import sweep
from nettool.record.events.events import Listener, Note, RunEnded
from nettool.record.events.log import TrainLog
from nettool.record.files import status
from nettool.record.files.status import trial_in
from nettool.record.run_damaged import CannotResume
from nettool.record.run_directory import RunDirectory, create, folder_of
from nettool.record.runs.find_run import newest_of
from nettool.record.runs.lock import locked
from nettool.record.runs.recording_failed import cannot_record, is_from_recording
from nettool.record.shown_path import shown


def run_experiment(
    experiment: Experiment,
    listener: Listener,
    stop: StopSignal,
    require: Callable[[Identity], None] | None = None,
) -> Finished:
    """Train, evaluate and record; `listener` gets every event.

    Nothing is written before the data are there, Keras has built the network, and `require` has seen what the
    run belongs to: what that raises passes through. Raises DataError, BuildFailed, NettoolBug,
    TrainingFailed, OutOfMemory, UserCodeFailed, CannotRecord and OSError; the directory, once made, then says
    what happened.
    """
    with blaming_user_code(experiment.plan.python):
        prepared = prepare(experiment)
        if require is not None:
            require(prepared.identity)
        run = create(experiment.runs_dir, experiment.name, datetime.now(), is_latest=_is_latest(experiment))
        with locked(run):
            return _carry_out(experiment, prepared, run, listener, stop, None)


def _is_latest(experiment: Experiment) -> bool:
    """A trial does not take the place of a run as its spec asks for."""
    if experiment.trial is None:
        return True
    before = newest_of(folder_of(experiment.runs_dir, experiment.name))
    return before is None or trial_in(before) is not None


def resume_run(experiment: Experiment, resumed: Resumed, listener: Listener, stop: StopSignal) -> Finished:
    """Resume a run, whose directory the caller has locked, and bring it to its end.

    Raises what `run_experiment` does, and CannotResume.
    """
    with blaming_user_code(experiment.plan.python):
        prepared = prepare(experiment)
        run, saved, plan = resumed.run, resumed.identity, experiment.plan
        notes = check_identity(saved, prepared.identity, plan, run)
        prepared = replace(prepared, identity=resumed_identity(saved, prepared.identity, plan, run))
        loaded, plan = prepared.loaded, prepared.plan
        has_validation = bool(len(loaded.validation)) and fills_a_batch(plan, loaded.validation)
        require_course(resumed.state, plan, len(loaded.train), has_validation=has_validation)
        sweep(run.path)
        with_notes = replace(resumed, notes=(*resumed.notes, *_failed_before(run), *notes))
        return _carry_out(experiment, prepared, run, listener, stop, with_notes)


def _failed_before(run: RunDirectory) -> tuple[str, ...]:
    before = status.read_status(run)
    if before is None or before.state != "failed" or before.why is None:
        return ()
    reason = before.why.splitlines()[0]
    return (f"the run had failed: {reason}; where nothing has changed since, it comes to the same again",)


def _carry_out(
    experiment: Experiment,
    prepared: Prepared,
    run: RunDirectory,
    listener: Listener,
    stop: StopSignal,
    resumed: Resumed | None,
) -> Finished:
    clock = prepared.clock
    recorder = Recorder(
        experiment,
        plan=prepared.plan,
        loaded=prepared.loaded,
        identity=prepared.identity,
        run=run,
        listener=listener,
        clock=clock,
        resumed=resumed,
    )
    before = status.read_status(run)
    try:
        begin = status.start if resumed is None else status.restart
        begin(run, _now(), experiment.trial)
        stop.at_once = partial(_end_at_once, run)
        finished, recorded = recorder.record(prepared.model, stop)
        why = "stopped by the user" if finished.state == "interrupted" else None
        status.end(run, finished.state, _now(), why)
    except CannotResume as refusal:
        # Nothing was trained: the run stands as it did.
        status.put_back(run, before)
        TrainLog(run)(Note(str(refusal)))
        raise
    except BaseException as error:
        reported: BaseException = error
        if is_out_of_memory(error):
            reported = out_of_memory(prepared.model, prepared.plan)
        elif isinstance(error, OSError) and is_from_recording(run, error):
            reported = cannot_record(run, error)
        _end_badly(run, reported, recorder, clock)
        if reported is error:
            raise
        raise reported from error
    finally:
        # From here on an interrupt has nothing to save: the first one ends what is being drawn.
        stop.at_once = None
    optional = OptionalSteps(run, recorder.report)
    recorder.show(recorded, optional)
    optional.attempt("report.html", partial(report_run, run))
    clock.lap("report")
    _report_end(run, finished.state, recorder, clock)
    return replace(finished, was_stopped=optional.was_stopped)


AT_ONCE = "stopped at once by the user"


def _end_at_once(run: RunDirectory) -> None:
    with suppress(OSError, ValueError):
        status.end(run, "interrupted", _now(), AT_ONCE)


def _now() -> datetime:
    """With its zone: where the run is looked at, it may be another time of day."""
    return datetime.now().astimezone()


def _end_badly(run: RunDirectory, error: BaseException, recorder: Recorder, clock: Clock) -> None:
    """Let the run's files say how it ended, as far as they can still be written to."""
    is_interrupted = isinstance(error, KeyboardInterrupt)
    state: status.EndState = "interrupted" if is_interrupted else "failed"
    why = AT_ONCE if is_interrupted else str(error) or type(error).__name__
    with suppress(OSError, ValueError):
        status.end(run, state, _now(), why)
    with suppress(OSError):
        TrainLog(run)(Note(why))
    if isinstance(error, Exception):
        with suppress(Exception):
            report_run(run)
    _report_end(run, state, recorder, clock)


def _report_end(run: RunDirectory, state: status.EndState, recorder: Recorder, clock: Clock) -> None:
    ended = RunEnded(state, shown(run.path), clock.total)
    # The status says it in any case.
    with suppress(OSError):
        TrainLog(run)(ended)
    recorder.listener(ended)
