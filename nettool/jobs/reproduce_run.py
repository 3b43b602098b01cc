"""Repeat a run from its directory alone, and see whether it comes to the same."""

from dataclasses import dataclass

from nettool.engine.callbacks.stop_on_request import StopSignal
from nettool.jobs.experiment import Experiment
from nettool.jobs.run import run_experiment
from nettool.jobs.same_outcome import Compared, compare_outcomes
from nettool.record.events import Listener
from nettool.record.run_directory import RunDirectory


@dataclass(frozen=True, slots=True)
class Repetition:
    """The new run, and how it compares; `compared` is None when it was interrupted."""

    run: RunDirectory
    compared: Compared | None


def reproduce_run(
    run: RunDirectory, experiment: Experiment, listener: Listener, stop: StopSignal
) -> Repetition:
    """Train anew what the run was trained on; `experiment` has the run's own plan.

    Raises what `run_experiment` does, and CannotResume when a state of the run is missing or damaged.
    """
    finished = run_experiment(experiment, listener, stop)
    if finished.state != "finished":
        return Repetition(finished.run, None)
    return Repetition(finished.run, compare_outcomes(run, finished.run))
