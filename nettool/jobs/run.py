"""Experiment → finished run: data, model, directory, training, and an end that is always told."""

from datetime import datetime

from nettool.data.load import load
from nettool.engine.agreement import check_agreement, completed
from nettool.engine.build import build_model
from nettool.engine.callbacks.stop_on_request import StopSignal
from nettool.engine.seeds import seed_everything
from nettool.engine.user_layers import blaming_user_code
from nettool.graph.complete_plan import complete_plan
from nettool.jobs.clock import Clock
from nettool.jobs.experiment import Experiment, Finished
from nettool.jobs.recorder import Recorder, shown
from nettool.record import status
from nettool.record.events import Listener, RunEnded
from nettool.record.run_directory import create


def run_experiment(experiment: Experiment, listener: Listener, stop: StopSignal) -> Finished:
    """Train, evaluate and record; `listener` hears everything that happens.

    Nothing is written before the data are there and Keras has built the network. Raises DataError,
    BuildFailed, NettoolBug, TrainingFailed, UserCodeFailed and OSError; the directory, once made, then says
    what happened.
    """
    with blaming_user_code(experiment.plan.python):
        return _run(experiment, listener, stop)


def _run(experiment: Experiment, listener: Listener, stop: StopSignal) -> Finished:
    clock = Clock()
    plan = experiment.plan
    if plan.data is None or plan.training is None:
        raise ValueError("a plan without data or settings for training cannot be run")
    # What load says of the data stands in its notes, which the run announces itself.
    loaded = load(
        plan.data,
        experiment.place,
        lambda _: None,
        progress=experiment.progress,
        validation_split=plan.training.validation_split,
        seed=plan.training.seed,
    )
    clock.lap("data")
    seed_everything(plan.training.seed)
    model = build_model(plan.graph)
    check_agreement(plan.graph, model)
    whole = complete_plan(plan, completed(plan.graph, model))
    clock.lap("build")
    run = create(experiment.runs_dir, experiment.name, datetime.now())
    status.start(run, datetime.now())
    recorder = Recorder(experiment, whole, plan.training, loaded, run, listener, clock)
    try:
        finished = recorder.record(model, stop)
    except BaseException as error:
        state: status.EndState = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
        status.end(run, state, datetime.now(), str(error) or type(error).__name__)
        listener(RunEnded(state, shown(run.path), clock.total))
        raise
    why = "stopped by the user" if finished.state == "interrupted" else None
    status.end(run, finished.state, datetime.now(), why)
    recorder.hear(RunEnded(finished.state, shown(run.path), clock.total))
    return finished
