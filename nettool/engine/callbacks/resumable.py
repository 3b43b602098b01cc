"""What a callback must have to go on where it was when training is taken up again."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, runtime_checkable

import keras

from nettool.record.cannot_resume import CannotResume
from nettool.record.forms import REAL, TRUTH, Misfit, or_null, record

CallbackState = Mapping[str, object]


@runtime_checkable
class Resumable(Protocol):
    """A callback with a memory; those without one need nothing."""

    def state(self) -> CallbackState:
        """What it remembers between two steps, as values that JSON has (NaN and infinity included)."""

    def restore(self, state: CallbackState) -> None:
        """Remember what `state` once gave; called once, right after `on_train_begin`."""


def states_of(callbacks: Iterable[keras.callbacks.Callback]) -> dict[str, CallbackState]:
    """The state of each that has one."""
    return {name: callback.state() for name, callback in _resumable(callbacks)}


def restore_all(callbacks: Iterable[keras.callbacks.Callback], states: Mapping[str, CallbackState]) -> None:
    """Give each its state back; one that was not there then begins anew.

    Raises CannotResume for a state that is not of the kind that the callback gives.
    """
    for name, callback in _resumable(callbacks):
        if name in states:
            _require_alike(name, states[name], callback.state())
            callback.restore(states[name])


def _require_alike(name: str, saved: CallbackState, present: CallbackState) -> None:
    for key, value in present.items():
        form = TRUTH if isinstance(value, bool) else or_null(REAL) if value is None else REAL
        try:
            record({key: form})(dict(saved))
        except Misfit as misfit:
            raise CannotResume(f"the saved state is damaged: in {name}, {misfit}") from None


def _resumable(callbacks: Iterable[keras.callbacks.Callback]) -> Iterator[tuple[str, Resumable]]:
    seen: dict[str, int] = {}
    for callback in callbacks:
        if isinstance(callback, Resumable):
            kind = type(callback).__name__
            seen[kind] = seen.get(kind, 0) + 1
            yield (kind if seen[kind] == 1 else f"{kind} {seen[kind]}"), callback
