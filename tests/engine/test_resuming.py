"""Training that was stopped and taken up again, against the one that was never stopped."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from engine_plans import Keeper, classify, graph, images, input_node, node

from nettool.data.request import Augmentation, DataRequest
from nettool.data.sources.built_in import BuiltIn
from nettool.graph.plan import Plan
from nettool.graph.settings import Optimizer
from nettool.record.events import EpochEnded, EpochStarted, Event, StepsDone
from nettool.record.position import Position
from nettool.record.training_state import TrainingState

pytestmark = pytest.mark.keras

TRAIN, VALIDATION = images(80), images(24, 1)
STEPS = 5

SCHEDULE = {"schedule": "CosineDecay", "initial_learning_rate": 0.02, "decay_steps": 15}
AVERAGED = Optimizer("Adam", {"learning_rate": SCHEDULE, "use_ema": True, "ema_momentum": 0.9})


def everything() -> Plan:
    """Dropout, BatchNormalization, random augmentation, Adam on a schedule with averaged weights."""
    network = graph(
        input_node("pixels", (8, 8, 1)),
        node("conv", "Conv2D", "pixels", filters=4, kernel_size=3, activation="relu"),
        node("norm", "BatchNormalization", "conv"),
        node("noise", "GaussianNoise", "norm", stddev=0.1),
        node("flat", "Flatten", "noise"),
        node("drop", "Dropout", "flat", rate=0.4),
        node("label", "Dense", "drop", units=10, activation="softmax"),
        outputs=["label"],
    )
    made = classify(network, epochs=3, batch_size=16, optimizer=AVERAGED, seed=7)
    shift = Augmentation("RandomTranslation", {"height_factor": 0.2, "width_factor": 0.2})
    return replace(made, data=DataRequest(BuiltIn("digits"), augment=(shift,)))


@dataclass
class Ended:
    """What a training came to."""

    history: Any
    weights: list[np.ndarray]
    keeper: Keeper
    told: list[Event]


def train(made: Plan, start: TrainingState | None = None, stop_at: Position | None = None) -> Ended:
    """From the beginning or from a state, to the end or to a position, as a new process would do it."""
    from nettool.engine.build import build_model
    from nettool.engine.callbacks.stop_on_request import StopSignal
    from nettool.engine.seeds import seed_everything
    from nettool.engine.training import train as go

    stop, keeper, told = StopSignal(), Keeper([]), []

    def listener(event: Event) -> None:
        told.append(event)
        if isinstance(event, StepsDone):
            stop.requested |= Position(event.epoch - 1, event.step) == stop_at

    seed_everything(7)
    model = build_model(made.graph)
    history = go(model, made, TRAIN, VALIDATION, listener, stop, keeper, start)
    return Ended(history, [np.array(each) for each in model.variables], keeper, told)


@pytest.fixture(autouse=True)
def every_step_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nettool.engine.callbacks.progress.SECONDS_BETWEEN", -1.0)
    monkeypatch.setattr("nettool.engine.compiling.steps_per_execution", lambda graph, batch_size, steps: 2)


@pytest.fixture(scope="module")
def never_stopped() -> Ended:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nettool.engine.compiling.steps_per_execution", lambda *_: 2)
        return train(everything())


def assert_the_same(some: Ended, other: Ended) -> None:
    assert some.history.rows == other.history.rows
    assert some.history.best_epoch == other.history.best_epoch
    assert all(map(np.array_equal, some.weights, other.weights))
    assert len(some.weights) == len(other.weights)
    for kept, also_kept in ((dict(some.keeper.kept), dict(other.keeper.kept)),):
        assert all(map(np.array_equal, kept["last"], also_kept["last"]))
        assert all(map(np.array_equal, kept["best"], also_kept["best"]))
    last, also_last = some.keeper.states[-1], other.keeper.states[-1]
    assert last.position == also_last.position
    for group, arrays in last.arrays.items():
        values = [each for _, each in also_last.arrays[group]]
        assert all(map(np.array_equal, [each for _, each in arrays], values)), group


@pytest.mark.parametrize("position", [Position(0, 2), Position(1, 4), Position(2, STEPS)], ids=str)
def test_stopped_within_an_epoch_it_goes_on_to_the_same_bits(
    never_stopped: Ended, position: Position
) -> None:
    stopped = train(everything(), stop_at=position)
    state = stopped.keeper.states[-1]
    assert (stopped.history.interrupted, state.position) == (True, position)
    resumed = train(everything(), state)
    assert_the_same(resumed, never_stopped)
    first = next(event for event in resumed.told if isinstance(event, StepsDone | EpochEnded))
    if position.step < STEPS:
        assert (first.epoch, first.step) == (position.epoch + 1, min(position.step + 2, STEPS))
    else:
        assert (type(first), first.epoch) == (EpochEnded, position.epoch + 1)
