"""What a callback must have to go on where it was when training is resumed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, runtime_checkable

import keras

from nettool.record.disk.forms import Form, Misfit
from nettool.record.run_damaged import CannotResume

CallbackState = Mapping[str, object]

_FORMER_NAMES = {"ReduceOnPlateau": "FallingRate", "OverfitCheck": "LearntByHeart"}
"""What callbacks are called in the states that version 0.1.0 saved."""


@runtime_checkable
class Resumable(Protocol):
    """A callback with a memory; those without one need nothing. `form` is what its state must be."""

    form: Form

    def state(self) -> CallbackState:
        """What it remembers between two steps, as values that JSON has (NaN and infinity included)."""

    def restore(self, state: CallbackState) -> None:
        """Remember what `state` once gave; called once, right after `on_train_begin`."""


def states_of(callbacks: Iterable[keras.callbacks.Callback]) -> dict[str, CallbackState]:
    """The state of each that has one."""
    return {name: callback.state() for name, callback in _resumable(callbacks)}


def restore_all(callbacks: Iterable[keras.callbacks.Callback], states: Mapping[str, CallbackState]) -> None:
    """Give each its state back.

    Raises CannotResume for a state that is missing, or not of the form that the callback asks for.
    """
    for name, callback in _resumable(callbacks):
        callback.restore(saved_state(name, callback.form, states))


def saved_state(name: str, form: Form, states: Mapping[str, CallbackState]) -> CallbackState:
    """The state of the callback of that name. Raises CannotResume as `restore_all` does."""
    state = states.get(name, states.get(_FORMER_NAMES.get(name, "")))
    if state is None:
        raise CannotResume(f"the saved state is damaged: it says nothing of {name}")
    try:
        form(state)
    except Misfit as misfit:
        raise CannotResume(f"the saved state is damaged: in {name}, {misfit}") from None
    return state


def _resumable(callbacks: Iterable[keras.callbacks.Callback]) -> Iterator[tuple[str, Resumable]]:
    seen: dict[str, int] = {}
    for callback in callbacks:
        if isinstance(callback, Resumable):
            kind = type(callback).__name__
            seen[kind] = seen.get(kind, 0) + 1
            yield (kind if seen[kind] == 1 else f"{kind} {seen[kind]}"), callback
