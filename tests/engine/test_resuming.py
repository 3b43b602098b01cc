"""Training that was stopped and taken up again, against the one that was never stopped."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from engine_plans import KeptCheckpoints, classify, dense_graph, graph, images, input_node, node

from nettool.data.request import Augmentation, DataRequest
from nettool.data.sources.built_in import BuiltIn
from nettool.graph.trainable_plan import TrainablePlan
from nettool.record.checkpoints.training_state import TrainingState
from nettool.record.disk.forms import ANYTHING
from nettool.record.events.events import EpochEnded, EpochStarted, Event, StepsDone
from nettool.record.events.position import Position
from nettool.spec.train.monitoring import Monitored
from nettool.spec.train.optimizer import Optimizer

pytestmark = pytest.mark.keras

TRAIN, VALIDATION = images(80), images(24, 1)
STEPS = 5

SCHEDULE = {"schedule": "CosineDecay", "initial_learning_rate": 0.02, "decay_steps": 15}
AVERAGED = Optimizer("Adam", {"learning_rate": SCHEDULE, "use_ema": True, "ema_momentum": 0.9})


def everything() -> TrainablePlan:
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
    checkpoints: KeptCheckpoints
    told: list[Event]


def train(made: TrainablePlan, start: TrainingState | None = None, stop_at: Position | None = None) -> Ended:
    """From the beginning or from a state, to the end or to a position, as a new process would do it."""
    from nettool.engine.devices.process_setup import seed_everything
    from nettool.engine.model.build_model import build_model
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.training import train as go

    stop, checkpoints, told = StopSignal(), KeptCheckpoints([]), []

    def listener(event: Event) -> None:
        told.append(event)
        if isinstance(event, StepsDone):
            stop.requested |= Position(event.epoch - 1, event.step) == stop_at

    seed_everything(7)
    model = build_model(made.graph)
    history = go(model, made, TRAIN, VALIDATION, listener, stop, checkpoints, start)
    return Ended(history, [np.array(each) for each in model.variables], checkpoints, told)


@pytest.fixture(autouse=True)
def every_step_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nettool.engine.train.callbacks.progress.SECONDS_BETWEEN", -1.0)
    monkeypatch.setattr(
        "nettool.engine.compile.compile_model.steps_per_execution", lambda graph, batch_size, steps: 2
    )


@pytest.fixture(scope="module")
def never_stopped() -> Ended:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nettool.engine.compile.compile_model.steps_per_execution", lambda *_: 2)
        return train(everything())


def assert_the_same(some: Ended, other: Ended) -> None:
    assert some.history.rows == other.history.rows
    assert some.history.best_epoch == other.history.best_epoch
    assert all(map(np.array_equal, some.weights, other.weights))
    assert len(some.weights) == len(other.weights)
    kept, also_kept = dict(some.checkpoints.kept), dict(other.checkpoints.kept)
    for which in ("last", "best"):
        assert all(map(np.array_equal, kept[which], also_kept[which])), which
    last, also_last = some.checkpoints.states[-1], other.checkpoints.states[-1]
    assert last.position == also_last.position
    for group, arrays in last.arrays.items():
        values = [each for _, each in also_last.arrays[group]]
        assert all(map(np.array_equal, [each for _, each in arrays], values)), group


@pytest.mark.parametrize("wanted", [1, 3])
def test_a_change_of_steps_per_execution_within_an_epoch_changes_no_bit(
    never_stopped: Ended, monkeypatch: pytest.MonkeyPatch, wanted: int
) -> None:
    monkeypatch.setattr(
        "nettool.engine.train.callbacks.steps_per_execution.better_steps_per_execution", lambda *_: wanted
    )
    changed = train(everything())
    assert_the_same(changed, never_stopped)
    begun = [event for event in changed.told if isinstance(event, EpochStarted)]
    assert begun == [event for event in never_stopped.told if isinstance(event, EpochStarted)]
    steps = [event.step for event in changed.told if isinstance(event, StepsDone)]
    # Two executions of two steps, then the other number: for the rest of the epoch and for the others.
    assert steps == [2, 4, 5] + 2 * ([1, 2, 3, 4, 5] if wanted == 1 else [3, 5])


def test_stopped_after_a_change_of_steps_per_execution_it_goes_on_to_the_same_bits(
    never_stopped: Ended, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "nettool.engine.train.callbacks.steps_per_execution.better_steps_per_execution", lambda *_: 1
    )
    stopped = train(everything(), stop_at=Position(1, 1))
    state = stopped.checkpoints.states[-1]
    assert (stopped.history.interrupted, state.position) == (True, Position(1, 1))
    assert_the_same(train(everything(), state), never_stopped)


@pytest.mark.parametrize("position", [Position(0, 2), Position(1, 4), Position(2, STEPS)], ids=str)
def test_stopped_within_an_epoch_it_goes_on_to_the_same_bits(
    never_stopped: Ended, position: Position
) -> None:
    stopped = train(everything(), stop_at=position)
    state = stopped.checkpoints.states[-1]
    assert (stopped.history.interrupted, state.position) == (True, position)
    resumed = train(everything(), state)
    assert_the_same(resumed, never_stopped)
    first = next(event for event in resumed.told if isinstance(event, StepsDone | EpochEnded))
    if position.step < STEPS:
        assert (first.epoch, first.step) == (position.epoch + 1, min(position.step + 2, STEPS))
    else:
        assert (type(first), first.epoch) == (EpochEnded, position.epoch + 1)


@pytest.mark.parametrize("epochs", [0, 1, 3], ids=["before the first", "after the first", "after the last"])
def test_taken_up_between_epochs_it_goes_on_to_the_same_bits(never_stopped: Ended, epochs: int) -> None:
    states = {each.position: each for each in never_stopped.checkpoints.states}
    resumed = train(everything(), states[Position(epochs)])
    if epochs == 3:
        assert resumed.checkpoints.states == []
        resumed.checkpoints.states.append(never_stopped.checkpoints.states[-1])
        resumed.checkpoints.kept += [each for each in never_stopped.checkpoints.kept if each[0] == "best"]
    assert_the_same(resumed, never_stopped)


def test_a_stop_during_validation_loses_nothing(never_stopped: Ended) -> None:
    with pytest.MonkeyPatch.context() as patch:
        callback = "nettool.engine.train.callbacks.stop_on_request.StopOnRequest"
        patch.setattr(f"{callback}.on_train_batch_end", lambda *_, **__: None)
        stopped = train(everything(), stop_at=Position(1, STEPS))
    state = stopped.checkpoints.states[-1]
    assert (stopped.history.interrupted, state.position) == (True, Position(1, STEPS))
    assert_the_same(train(everything(), state), never_stopped)


def test_mixed_precision_goes_on_with_its_loss_scale() -> None:
    import keras

    keras.config.set_dtype_policy("mixed_float16")
    try:
        made = classify(dense_graph(dropout=True), epochs=2, batch_size=16)
        whole = train(made)
        stopped = train(made, stop_at=Position(1, 2))
        resumed = train(made, stopped.checkpoints.states[-1])
    finally:
        keras.config.set_dtype_policy("float32")
    names = [name for name, _ in whole.checkpoints.states[-1].arrays["optimizer"]]
    assert any("dynamic_scale" in name for name in names)
    assert_the_same(resumed, whole)


def test_a_training_that_ended_by_itself_does_not_begin_again(never_stopped: Ended) -> None:
    state = next(each for each in never_stopped.checkpoints.states if each.position == Position(2))
    resumed = train(everything(), replace(state, is_over=True))
    assert resumed.history.rows == never_stopped.history.rows[:2]
    averages = [values for name, values in state.arrays["optimizer"] if "average" in name]
    assert all(map(np.array_equal, averages[:2], resumed.weights[:2]))


def test_a_state_of_another_network_is_refused(never_stopped: Ended) -> None:
    from nettool.record.run_damaged import CannotResume

    other = classify(
        graph(input_node("pixels", (64,)), node("y", "Dense", "pixels", units=10), outputs=["y"])
    )
    with pytest.raises(CannotResume, match="the saved network has other shapes"):
        train(other, never_stopped.checkpoints.states[0])


class Memory:
    """A callback's state protocol, without Keras."""

    form = staticmethod(ANYTHING)

    def __init__(self, value: int) -> None:
        self.value = value

    def state(self) -> dict[str, object]:
        return {"value": self.value}

    def restore(self, state: dict[str, object]) -> None:
        self.value = int(str(state["value"]))


def test_callbacks_with_a_memory_get_it_back_even_several_of_a_kind() -> None:
    from nettool.engine.train.callbacks.resumable import restore_all, states_of
    from nettool.record.run_damaged import CannotResume

    saved = states_of([Memory(1), object(), Memory(2)])
    later = [Memory(0), object(), Memory(0)]
    restore_all(later, saved)
    assert [each.value for each in later if isinstance(each, Memory)] == [1, 2]
    with pytest.raises(CannotResume, match="it says nothing of Memory 3"):
        restore_all([*later, Memory(9)], saved)


def test_callbacks_are_found_by_the_names_that_earlier_versions_gave_them() -> None:
    from nettool.engine.train.callbacks.overfit_check import OverfitCheck
    from nettool.engine.train.callbacks.resumable import restore_all, states_of

    check, later = OverfitCheck(3), OverfitCheck(3)
    check.restore({"first": 2.5, "loss": 0.5, "epochs": 4})
    saved = states_of([check])
    assert list(saved) == ["OverfitCheck"]
    restore_all([later], {"LearntByHeart": saved["OverfitCheck"]})
    assert later.state() == check.state()


def test_long_epochs_are_saved_every_few_minutes() -> None:
    from nettool.engine.model.build_model import build_model
    from nettool.engine.train.callbacks.best_epoch import BestEpoch
    from nettool.engine.train.callbacks.epoch_log import EpochLog
    from nettool.engine.train.callbacks.state_saving import SECONDS_BETWEEN, StateSaving

    checkpoints, seconds = KeptCheckpoints([]), [0.0]
    model = build_model(everything().graph)
    model.compile("adam", "mse")
    best = BestEpoch(Monitored("loss"))
    saving = StateSaving(checkpoints, 10, [], EpochLog(("loss",), 1), best, clock=lambda: seconds[0])
    saving.set_model(model)
    saving.on_epoch_begin(0)
    for batch in range(10):
        seconds[0] += SECONDS_BETWEEN / 4
        saving.on_train_batch_end(batch)
    saving.on_epoch_end(0)
    assert [(each.position.epoch, each.position.step, each.seconds) for each in checkpoints.states] == [
        (0, 4, 120.0),
        (0, 8, 240.0),
        (1, 0, 300.0),
    ]
