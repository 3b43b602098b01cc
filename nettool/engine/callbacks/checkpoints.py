"""Keep the last and the best model without spending the time of training on it."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

import keras
import numpy as np
from numpy.typing import NDArray

SECONDS_BETWEEN = 10.0

State = list[NDArray[Any]]


class CheckpointKeeper(Protocol):
    """Puts models away; who calls it leaves the model alone until the call returns."""

    def last(self, model: keras.Model) -> None:
        """The model as it is now."""

    def best(self, model: keras.Model) -> None:
        """The model as it was after its best epoch."""


class Checkpoints(keras.callbacks.Callback):  # type: ignore[misc]
    """Hands the model to the keeper after epochs, about every ten seconds, and when `finish` is called.

    The best epoch is the one with the lowest `figure`. When it comes too soon after the last checkpoint its
    state waits in memory.
    """

    def __init__(
        self, keeper: CheckpointKeeper, figure: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self.best_epoch: int | None = None
        self._keeper = keeper
        self._figure = figure
        self._clock = clock
        self._kept = clock()
        self._lowest = np.inf
        self._waiting: State | None = None
        self._changed = True

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        self._changed = True

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """`epoch` counts from 0."""
        is_due = self._clock() - self._kept >= SECONDS_BETWEEN
        figure = (logs or {})[self._figure]
        if figure < self._lowest:
            self._lowest = figure
            self.best_epoch = epoch + 1
            if is_due:
                self._waiting = None
                self._keeper.best(self.model)
            else:
                self._waiting = state_of(self.model)
        if is_due:
            self.finish()
            self._kept = self._clock()

    def finish(self, *, last: bool = True) -> None:
        """Hand over what has not been handed over yet; `last=False` keeps a spoilt model out."""
        if self._waiting is not None:
            with _state(self.model, self._waiting):
                self._keeper.best(self.model)
            self._waiting = None
        if last and self._changed:
            self._keeper.last(self.model)
            self._changed = False


def state_of(model: keras.Model) -> State:
    """A copy of the model's and its optimizer's variables."""
    return [np.array(variable) for variable in _variables(model)]


@contextmanager
def _state(model: keras.Model, state: State) -> Iterator[None]:
    """Put the model back to a former state for a while."""
    present = state_of(model)
    _assign(model, state)
    try:
        yield
    finally:
        _assign(model, present)


def _assign(model: keras.Model, state: State) -> None:
    for variable, value in zip(_variables(model), state, strict=True):
        variable.assign(value)


def _variables(model: keras.Model) -> list[keras.Variable]:
    return [*model.variables, *model.optimizer.variables]
