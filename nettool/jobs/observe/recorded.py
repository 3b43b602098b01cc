"""What a run came to, once its results are safe: all that its pictures and its report are made of."""

from dataclasses import dataclass

from nettool.engine.model.model_type import Model
from nettool.engine.train.history import History
from nettool.jobs.observe.seen_test import SeenTest
from nettool.jobs.run.experiment import Finished
from nettool.record.files.results import Results


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """A trained model, and what is in its run; `seen` is None when the test set was not measured."""

    finished: Finished
    results: Results
    history: History
    model: Model
    seen: SeenTest | None
