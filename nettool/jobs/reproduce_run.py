"""Repeat a run from its directory alone, and see whether it comes to the same."""

from dataclasses import dataclass

from nettool.engine.stop_signal import StopSignal
from nettool.jobs.experiment import Experiment
from nettool.jobs.run import run_experiment
from nettool.jobs.same_outcome import Compared, compare_origins, compare_outcomes
from nettool.record.checkpoints.states import last_state
from nettool.record.checkpoints.training_state import Identity
from nettool.record.events.events import Listener
from nettool.record.run_directory import RunDirectory


@dataclass(frozen=True, slots=True)
class Repetition:
    """The new run, and how it compares; `compared` is None when it was interrupted.

    There is no new run when its spec or its data would have been other ones.
    """

    run: RunDirectory | None
    compared: Compared | None


class _OtherOrigins(Exception):
    """What is there to train on is not what the run was trained on."""

    def __init__(self, compared: Compared) -> None:
        super().__init__(compared.difference)
        self.compared = compared


def reproduce_run(
    run: RunDirectory, experiment: Experiment, listener: Listener, stop: StopSignal
) -> Repetition:
    """Train anew what the run was trained on; `experiment` has the run's own plan.

    Spec and data are compared before anything is trained or written. Raises what `run_experiment` does, and
    CannotResume when a state of the run is missing or damaged.
    """
    identity = last_state(run)[1]

    def require_same(present: Identity) -> None:
        compared = compare_origins(identity, present)
        if compared.difference is not None:
            raise _OtherOrigins(compared)

    try:
        finished = run_experiment(experiment, listener, stop, require_same)
    except _OtherOrigins as other:
        return Repetition(None, other.compared)
    if finished.state != "finished":
        return Repetition(finished.run, None)
    return Repetition(finished.run, compare_outcomes(run, finished.run))
