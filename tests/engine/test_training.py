from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from engine_plans import (
    KeptCheckpoints,
    classify,
    convolution_graph,
    dense_graph,
    equal_weights,
    graph,
    ignore,
    images,
    input_node,
    node,
)

from nettool.data.column import Part
from nettool.graph.trainable_plan import TrainablePlan
from nettool.record.checkpoints.training_state import TrainingState
from nettool.record.events.events import EpochEnded, EpochStarted, Event, StepsDone
from nettool.record.events.position import Position
from nettool.spec.train.monitoring import Monitored
from nettool.spec.train.optimizer import Optimizer

pytestmark = pytest.mark.keras


def build(made: TrainablePlan) -> Any:
    from nettool.engine.devices.process_setup import seed_everything
    from nettool.engine.model.build_model import build_model

    seed_everything(0)
    return build_model(made.graph)


def fit(
    model: Any,
    made: TrainablePlan,
    part: Part,
    validation: Part | None = None,
    listener: Any = ignore,
    **others: Any,
) -> Any:
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.training import train

    stop = others.get("stop") or StopSignal()
    return train(
        model, made, part, validation, listener, stop, others.get("checkpoints") or KeptCheckpoints([])
    )


def test_epochs_are_told_from_one_with_their_steps_and_figures() -> None:
    told: list[Event] = []
    made = classify(dense_graph(), epochs=3)
    history = fit(build(made), made, images(100), images(20, 1), told.append)
    assert [each for each in told if isinstance(each, EpochStarted)] == [
        EpochStarted(epoch, 3, 4) for epoch in (1, 2, 3)
    ]
    ended = [each for each in told if isinstance(each, EpochEnded)]
    assert [list(each.metrics) for each in ended] == [["loss", "accuracy", "val_loss", "val_accuracy"]] * 3
    assert [each.learning_rate for each in ended] == [0.01] * 3
    assert list(history.rows) == [
        {"epoch": each.epoch, **each.metrics, "learning_rate": each.learning_rate} for each in ended
    ]
    assert history.seconds == tuple(each.seconds for each in ended)
    assert not history.interrupted


def test_a_network_learns() -> None:
    made = classify(dense_graph(), epochs=8)
    history = fit(build(made), made, images(1000), images(200, 1))
    assert history.rows[-1]["val_accuracy"] > 0.9
    lowest = min(history.rows, key=lambda row: row["val_loss"])
    assert (history.monitor, history.best_epoch) == ("val_loss", lowest["epoch"])


@pytest.mark.parametrize("validation", [None, Part({}), images(10).take(np.array([], np.int64))])
def test_without_validation_the_best_epoch_is_the_one_with_the_lowest_loss(validation: Part | None) -> None:
    made = classify(dense_graph())
    history = fit(build(made), made, images(100), validation)
    assert (history.monitor, history.best_epoch) == ("loss", 2)
    assert list(history.rows[0]) == ["epoch", "loss", "accuracy", "learning_rate"]


def test_the_first_epoch_traces_the_step_for_all_epochs() -> None:
    traces, after_each_epoch = [], []
    made = classify(dense_graph(), epochs=3)
    model = build(made)
    step = model.train_step

    def counted_step(data: Any) -> Any:
        traces.append(1)
        return step(data)

    def listener(event: Event) -> None:
        if isinstance(event, EpochEnded):
            after_each_epoch.append(len(traces))

    model.train_step = counted_step
    fit(model, made, images(70), images(20), listener)
    assert len(set(after_each_epoch)) == 1


def test_a_schedule_moves_the_learning_rate() -> None:
    schedule = {
        "schedule": "ExponentialDecay",
        "initial_learning_rate": 1e-2,
        "decay_steps": 4,
        "decay_rate": 0.5,
    }
    made = classify(dense_graph(), optimizer=Optimizer("SGD", {"learning_rate": schedule}))
    history = fit(build(made), made, images(128))
    assert [row["learning_rate"] for row in history.rows] == [0.005, 0.0025]


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_steps_are_told_at_most_ten_times_a_second() -> None:
    from nettool.engine.train.callbacks.progress import Progress

    told: list[Event] = []
    clock = Clock()
    progress = Progress(told.append, ("loss",), 1, 20, clock)
    progress.on_epoch_begin(0)
    for batch in range(7, 40, 8):
        clock.now += 0.06
        progress.on_train_batch_end(batch, {"loss": 0.5, "other": 1.0})
    assert told == [
        EpochStarted(1, 1, 20),
        StepsDone(1, 16, 20, {"loss": 0.5}),
        StepsDone(1, 20, 20, {"loss": 0.5}),
    ]


def small_executions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "nettool.engine.compile.compile_model.steps_per_execution", lambda graph, batch_size, steps: 1
    )


def test_a_requested_stop_leaves_the_epoch_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from nettool.engine.stop_signal import StopSignal

    small_executions(monkeypatch)
    monkeypatch.setattr("nettool.engine.train.callbacks.progress.SECONDS_BETWEEN", 0.0)
    stop, checkpoints, steps = StopSignal(), KeptCheckpoints([]), []

    def listener(event: Event) -> None:
        if isinstance(event, StepsDone):
            steps.append((event.epoch, event.step))
            stop.requested = (event.epoch, event.step) == (2, 2)

    made = classify(dense_graph(), epochs=5)
    history = fit(build(made), made, images(128), images(20), listener, stop=stop, checkpoints=checkpoints)
    assert steps == [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2)]
    assert [row["epoch"] for row in history.rows] == [1]
    assert (history.interrupted, history.best_epoch) == (True, 1)
    assert [which for which, _ in checkpoints.kept] == ["best", "last"]


def test_a_stop_in_the_first_epoch_keeps_the_last_model_only() -> None:
    from nettool.engine.stop_signal import StopSignal

    checkpoints = KeptCheckpoints([])
    made = classify(dense_graph())
    history = fit(build(made), made, images(100), stop=StopSignal(requested=True), checkpoints=checkpoints)
    assert (history.rows, history.best_epoch, history.interrupted) == ((), None, True)
    assert [which for which, _ in checkpoints.kept] == ["last"]


def spoilt(part: Part, position: int) -> Part:
    """The part with one image that is not a number."""
    image = part.columns["image"]
    values = image.values.astype(np.float32)
    values[position] = np.nan
    return Part({**part.columns, "image": replace(image, values=values)})


def test_a_loss_that_is_no_number_ends_training_at_its_step(monkeypatch: pytest.MonkeyPatch) -> None:
    from nettool.engine.failures import TrainingFailed

    small_executions(monkeypatch)
    network = graph(input_node("img", (64,)), node("y", "Dense", "img", units=10), outputs=["y"])
    made = classify(network, seed=3)
    part = spoilt(images(128), 5)
    step = int(np.flatnonzero(np.random.default_rng([3, 0]).permutation(128) == 5)[0]) // 32 + 1
    checkpoints = KeptCheckpoints([])
    with pytest.raises(TrainingFailed) as failure:
        fit(build(made), made, part, checkpoints=checkpoints)
    assert (failure.value.epoch, failure.value.step) == (1, step)
    assert failure.value.reason == f"the loss became nan in epoch 1, step {step} of 4"
    assert checkpoints.kept == []


def test_the_best_model_survives_a_later_failure() -> None:
    from nettool.engine.failures import TrainingFailed

    checkpoints, seen = KeptCheckpoints([]), []
    made = classify(dense_graph(), epochs=3)
    model = build(made)

    def listener(event: Event) -> None:
        if isinstance(event, EpochStarted) and event.epoch == 2:
            seen.append(model.get_weights())
            model.set_weights([weight * np.nan for weight in model.get_weights()])

    with pytest.raises(TrainingFailed, match="in epoch 2"):
        fit(model, made, images(100), listener=listener, checkpoints=checkpoints)
    assert [which for which, _ in checkpoints.kept] == ["best", "last"]
    assert all(equal_weights(weights, seen[0]) for _, weights in checkpoints.kept)


class Written:
    """A checkpoints that notes at which time it was called, and with which weights."""

    def __init__(self, clock: Clock) -> None:
        self.calls: list[tuple[str, float, float]] = []
        self._clock = clock
        self._best: TrainingState | None = None

    def state(self, state: TrainingState, *, is_best: bool) -> None:
        if is_best:
            self._best = state

    def best_state(self) -> TrainingState | None:
        return self._best

    def last(self, model: Any) -> None:
        self._note("last", model)

    def best(self, model: Any) -> None:
        self._note("best", model)

    def _note(self, which: str, model: Any) -> None:
        self.calls.append((which, self._clock.now, float(model.get_weights()[0].flat[0])))


def checkpointed(figures: list[float], seconds: float) -> list[tuple[str, float, float]]:
    """What the writer gets when epochs of so many seconds give these figures; the weights count epochs."""
    from nettool.engine.model.training_state import arrays_of
    from nettool.engine.train.callbacks.best_epoch import BestEpoch
    from nettool.engine.train.callbacks.model_files import ModelFiles

    clock = Clock()
    checkpoints = Written(clock)
    made = classify(dense_graph())
    model = build(made)
    model.compile("adam", "mse")
    model.optimizer.build(model.trainable_variables)
    best = BestEpoch(Monitored("val_loss"))
    files = ModelFiles(checkpoints, best, clock=clock)
    files.set_model(model)
    for epoch, figure in enumerate(figures):
        files.on_epoch_begin(epoch)
        clock.now += seconds
        model.set_weights([np.full_like(weight, epoch + 1) for weight in model.get_weights()])
        best.on_epoch_end(epoch, {"val_loss": figure})
        state = TrainingState(Position(epoch + 1), arrays_of(model, within_epoch=False))
        checkpoints.state(state, is_best=best.epoch == epoch + 1)
        files.on_epoch_end(epoch, {"val_loss": figure})
        assert model.get_weights()[0].flat[0] == epoch + 1
    files.finish()
    return checkpoints.calls


@pytest.mark.parametrize(
    ("figures", "seconds", "expected"),
    [
        ([3.0, 1.0, 2.0], 1.0, [("best", 3.0, 2.0), ("last", 3.0, 3.0)]),
        (
            [3.0, 1.0, 2.0],
            20.0,
            [
                *(("best", 20.0, 1.0), ("last", 20.0, 1.0)),
                *(("best", 40.0, 2.0), ("last", 40.0, 2.0)),
                ("last", 60.0, 3.0),
            ],
        ),
        (
            [3.0, 1.0, 2.0, 4.0, 5.0],
            4.0,
            [("best", 12.0, 2.0), ("last", 12.0, 3.0), ("last", 20.0, 5.0)],
        ),
        ([float("nan"), float("nan")], 1.0, [("last", 2.0, 2.0)]),
    ],
    ids=["short epochs", "long epochs", "in between", "no number"],
)
def test_models_are_kept_about_every_ten_seconds_and_at_the_end(
    figures: list[float], seconds: float, expected: list[tuple[str, float, float]]
) -> None:
    assert checkpointed(figures, seconds) == expected


def test_keeping_models_does_not_disturb_training(monkeypatch: pytest.MonkeyPatch) -> None:
    made = classify(convolution_graph(), epochs=4, batch_size=16)
    weights = []
    for seconds in (10.0, 0.0):
        monkeypatch.setattr("nettool.engine.train.callbacks.model_files.SECONDS_BETWEEN", seconds)
        model = build(made)
        fit(model, made, images(48), images(20, 1))
        weights.append(model.get_weights())
    assert equal_weights(*weights)


def test_the_kept_best_model_has_the_weights_of_its_epoch() -> None:
    checkpoints, seen = KeptCheckpoints([]), []
    made = classify(dense_graph(), epochs=5, optimizer=Optimizer("SGD", {"learning_rate": 3.0}))
    model = build(made)

    def listener(event: Event) -> None:
        if isinstance(event, EpochEnded):
            seen.append(model.get_weights())

    history = fit(model, made, images(100), images(40, 1), listener, checkpoints=checkpoints)
    kept = dict(checkpoints.kept)
    assert equal_weights(kept["best"], seen[history.best_epoch - 1])
    assert equal_weights(kept["last"], seen[-1])
