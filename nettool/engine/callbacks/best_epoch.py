"""Know which epoch was the best so far."""

from collections.abc import Mapping
from typing import cast

import keras

from nettool.engine.watch import Watch
from nettool.graph.settings import Watched
from nettool.record.cannot_resume import CannotResume


class BestEpoch(keras.callbacks.Callback):  # type: ignore[misc]
    """The best epoch is the first one with the best figure; `epoch` (from 1) is None before any.

    `before` epochs were over when training was taken up again.
    """

    def __init__(self, watched: Watched, before: int = 0) -> None:
        super().__init__()
        self._before = before
        self.epoch: int | None = None
        self._watch = Watch(watched)

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        if self._watch.improves(logs or {}):
            self.epoch = epoch + 1

    def state(self) -> Mapping[str, object]:
        """The best epoch and its figure."""
        return {"epoch": self.epoch, "best": self._watch.best}

    def restore(self, state: Mapping[str, object]) -> None:
        """Go on from there. Raises CannotResume for an epoch that was not there."""
        self.epoch = cast("int | None", state["epoch"])
        if self.epoch is not None and not 1 <= self.epoch <= self._before:
            raise CannotResume(
                f"the saved state is damaged: its best epoch is {self.epoch} of {self._before}"
            )
        self._watch.best = cast(float, state["best"])
