"""A training that is carried out once; whoever trains again gets what came of it, and all after it is done anew."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from command_line import Ended, run

from nettool.record.events.events import Event, Listener

if TYPE_CHECKING:
    from nettool.engine.train.history import History
    from nettool.jobs.run.experiment import Experiment
    from nettool.jobs.run.prepare import Prepared


class TrainedOnce:
    """A network that was built and trained once: whoever trains it again finds it as it was at the end."""

    def __init__(self, folder: Path, spec: str) -> None:
        self._spec = spec
        self._prepared: list[Prepared] = []
        self._events: list[Event] = []
        self._history: list[History] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            patch.setattr("nettool.jobs.run.run_experiment.prepare", self._prepare)
            patch.setattr("nettool.jobs.run.recorder.train", self._train)
            ended = run("train", spec)
            assert ended.code == 0, ended.err

    def again(self, patch: pytest.MonkeyPatch) -> Ended:
        from nettool.jobs.clock import Clock

        patch.setattr(
            "nettool.jobs.run.run_experiment.prepare", lambda _: replace(self._prepared[0], clock=Clock())
        )
        patch.setattr("nettool.jobs.run.recorder.train", self._train_again)
        return run("train", self._spec)

    def _prepare(self, experiment: "Experiment") -> "Prepared":
        from nettool.jobs.run.prepare import prepare

        self._prepared.append(prepare(experiment))
        return self._prepared[0]

    def _train(
        self, model: Any, plan: Any, part: Any, validation: Any, *, listener: Listener, **more: Any
    ) -> "History":
        from nettool.engine.train.training import train

        def heard(event: Event) -> None:
            self._events.append(event)
            listener(event)

        self._history.append(train(model, plan, part, validation, listener=heard, **more))
        return self._history[0]

    def _train_again(
        self, _: Any, __: Any, ___: Any, ____: Any, *, listener: Listener, **more: Any
    ) -> "History":
        for event in self._events:
            listener(event)
        return self._history[0]
