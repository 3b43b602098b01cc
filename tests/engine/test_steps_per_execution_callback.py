"""When another number of steps at once is asked for."""

from types import SimpleNamespace
from typing import Any

import pytest

pytestmark = pytest.mark.keras

STEPS, EPOCHS, AT_ONCE = 10, 3, 4


def asked(monkeypatch: pytest.MonkeyPatch, wanted: int | None, seconds: float = 2.0) -> tuple[list[Any], Any]:
    """What the better number is worked out from in a training whose executions take so long, and what is raised."""
    from nettool.engine.train.callbacks import steps_per_execution as callbacks

    given: list[Any] = []
    now = iter(range(1000))

    def better(*arguments: Any) -> int | None:
        given.append(arguments)
        return wanted

    monkeypatch.setattr(callbacks, "better_steps_per_execution", better)
    callback = callbacks.StepsPerExecution(STEPS, EPOCHS, lambda: next(now) * seconds)
    callback.set_model(SimpleNamespace(steps_per_execution=AT_ONCE))
    try:
        for epoch in range(EPOCHS):
            callback.on_epoch_begin(epoch)
            for first in range(0, STEPS, AT_ONCE):
                callback.on_train_batch_begin(first)
                callback.on_train_batch_end(first + AT_ONCE - 1)
    except callbacks.OtherStepsPerExecution as change:
        return given, (change.epoch, change.step, change.steps_at_once)
    return given, None


def test_the_second_execution_is_measured_and_a_better_number_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert asked(monkeypatch, 1) == ([(AT_ONCE, 0.5, 10, 22)], (0, 8, 1))


def test_it_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, None) == ([(AT_ONCE, 0.5, 10, 22)], None)


def test_an_epoch_whose_steps_are_done_is_finished_with_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.STEPS", 5)
    # 4 steps and 1, then 4: the third execution is the first one that leaves something of its epoch.
    assert asked(monkeypatch, 2) == ([(AT_ONCE, 0.5, 5, 6)], (1, 4, 2))
