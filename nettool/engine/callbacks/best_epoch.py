"""Know which epoch was the best so far."""

from collections.abc import Mapping
from math import inf
from typing import cast

import keras


class BestEpoch(keras.callbacks.Callback):  # type: ignore[misc]
    """The best epoch is the first one with the lowest `figure`; `epoch` (from 1) is None before any."""

    def __init__(self, figure: str) -> None:
        super().__init__()
        self.epoch: int | None = None
        self._figure = figure
        self._lowest = inf

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        figure = float((logs or {})[self._figure])
        if figure < self._lowest:
            self._lowest = figure
            self.epoch = epoch + 1

    def state(self) -> Mapping[str, object]:
        """The best epoch and its figure."""
        return {"epoch": self.epoch, "lowest": self._lowest}

    def restore(self, state: Mapping[str, object]) -> None:
        """Go on from there."""
        self.epoch = cast("int | None", state["epoch"])
        self._lowest = cast(float, state["lowest"])
