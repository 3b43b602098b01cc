"""The data of a training, loaded in the seconds that the engine takes to start."""

from dataclasses import replace
from threading import Thread

from nettool.data.failure import DataMissing
from nettool.data.load import Loaded, load
from nettool.data.place import Place
from nettool.data.transforms.changed_values import prepare
from nettool.graph.trainable_plan import TrainablePlan

_HEAD_START = 1.0
"""Seconds. Beside an import, thousands of calls to the system take ten times as long: after each of them the
thread that loads waits for its turn."""


class EarlyData:
    """Begins to load when it is made, in a thread of its own, and says nothing until it is asked.

    What is not on this machine is left alone: a download wants to be watched.
    """

    def __init__(self, plan: TrainablePlan, place: Place, *, will_be_used: bool = True) -> None:
        """Of data that will not be used, nothing is read but what it takes to check them."""
        self._plan = plan
        self._will_be_used = will_be_used and plan.training.overfit is None
        self._place = place
        self._loaded: Loaded | None = None
        self._error: Exception | None = None
        # An interrupted start does not wait for it.
        self._thread = Thread(target=self._load, name="early data", daemon=True)
        self._thread.start()
        if plan.data.source.is_slow_to_list:
            self._thread.join(_HEAD_START)

    def loaded(self) -> Loaded | None:
        """The data, once they are there; None when they have to be downloaded. Raises what `load` raises."""
        self._thread.join()
        if isinstance(self._error, DataMissing) and not self._place.offline:
            return None
        if self._error is not None:
            raise self._error
        return self._loaded

    def _load(self) -> None:
        try:
            loaded = load_for_training(self._plan, replace(self._place, offline=True), progress=False)
            if self._will_be_used:
                for part in (loaded.train, loaded.validation):
                    for column in part.columns.values():
                        prepare(column)
            self._loaded = loaded
        except Exception as error:  # whatever it is, it is raised where the data are asked for
            self._error = error


def load_for_training(plan: TrainablePlan, place: Place, *, progress: bool) -> Loaded:
    """The data of a plan. Raises DataError."""
    # What load says of the data stands in its notes, which the run announces itself.
    return load(
        plan.data,
        place,
        lambda _: None,
        progress=progress,
        validation_split=plan.training.validation_split,
        seed=plan.training.seed,
    )
