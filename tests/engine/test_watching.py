"""What watches a training, against Keras's own callbacks, and taken up again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from engine_plans import KeptCheckpoints, classify, dense_graph, images

from nettool.graph.trainable_plan import TrainablePlan
from nettool.record.checkpoints.training_state import TrainingState
from nettool.record.events.events import EpochEnded, Event, Note
from nettool.record.events.position import Position
from nettool.spec.train.monitoring import EarlyStopping, Monitored, ReduceLearningRate
from nettool.spec.train.optimizer import Optimizer
from nettool.spec.train.training import Training

pytestmark = pytest.mark.keras

TRAIN, VALIDATION = images(64), images(24, 1)


@dataclass
class Optimized:
    learning_rate: Any = 1.0


@dataclass
class Model:
    """All that these callbacks want of a model."""

    optimizer: Optimized
    stop_training: bool = False


def course(callback: Any, figures: list[float], name: str = "val_loss") -> tuple[int, list[float]]:
    """The epochs until it stops, and the learning rate of each."""
    model = Model(Optimized())
    callback.set_model(model)
    callback.on_train_begin()
    rates: list[float] = []
    for epoch, figure in enumerate(figures):
        callback.on_epoch_begin(epoch)
        rates.append(float(np.array(model.optimizer.learning_rate)))
        callback.on_epoch_end(epoch, {name: figure})
        if model.stop_training:
            break
    return len(rates), rates


FIGURES = [
    [5.0, 4.0, 4.0, 4.0, 3.0, 3.5, 3.4, 3.3, 3.2, 3.1, 3.0, 2.9, 2.9, 2.9, 2.9, 2.9, 2.9],
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0],
    [1.0, 1.005, 0.997, 0.995, 0.99, 0.98, 0.98, 0.98, 0.98, 0.98, 0.97],
    [0.0] * 9,
    list(np.random.default_rng(3).random(40)),
    list(np.random.default_rng(4).random(40) - np.arange(40) / 80),
]


@pytest.mark.parametrize("direction", ["min", "max"])
@pytest.mark.parametrize("patience", [0, 1, 3])
@pytest.mark.parametrize("min_delta", [0.0, 0.01])
def test_training_ends_when_keras_would_end_it(patience: int, min_delta: float, direction: Any) -> None:
    import keras

    from nettool.engine.train.callbacks.early_stop import EarlyStop

    settings = EarlyStopping("val_loss", direction, patience, min_delta)
    for figures in FIGURES:
        theirs = keras.callbacks.EarlyStopping("val_loss", min_delta, patience, mode=direction)
        ours = EarlyStop(settings, has_validation=True)
        assert course(ours, figures) == course(theirs, figures)


@pytest.mark.parametrize("direction", ["min", "max"])
@pytest.mark.parametrize("patience", [1, 3])
@pytest.mark.parametrize("cooldown", [0, 2])
@pytest.mark.parametrize("lowest", [0.0, 0.1])
def test_the_learning_rate_falls_as_with_keras(
    patience: int, cooldown: int, lowest: float, direction: Any
) -> None:
    import keras

    from nettool.engine.train.callbacks.reduce_on_plateau import ReduceOnPlateau

    settings = ReduceLearningRate("val_loss", direction, 0.5, patience, 0.01, lowest, cooldown)
    for figures in FIGURES:
        theirs = keras.callbacks.ReduceLROnPlateau(
            "val_loss", 0.5, patience, 0, direction, 0.01, cooldown, lowest
        )
        ours = ReduceOnPlateau(settings, lambda event: None, has_validation=True)
        assert course(ours, figures) == course(theirs, figures)


@pytest.mark.parametrize("stopped_after", [1, 4, 7])
def test_those_with_a_memory_go_on_as_if_never_stopped(stopped_after: int) -> None:
    from nettool.engine.train.callbacks.best_epoch import BestEpoch
    from nettool.engine.train.callbacks.early_stop import EarlyStop
    from nettool.engine.train.callbacks.reduce_on_plateau import ReduceOnPlateau

    makers: list[Callable[[], Any]] = [
        lambda: BestEpoch(Monitored("val_loss", "min")),
        lambda: EarlyStop(EarlyStopping("val_loss", "min", 3), has_validation=True),
        lambda: ReduceOnPlateau(
            ReduceLearningRate("val_loss", "min", 0.5, 2, cooldown=2), lambda event: None, has_validation=True
        ),
    ]
    for make in makers:
        for figures in FIGURES:
            whole = make()
            course(whole, figures[: stopped_after + 2])
            first, second = make(), make()
            course(first, figures[:stopped_after])
            model = Model(Optimized())
            second.set_model(model)
            second.restore(first.state())
            for epoch, figure in enumerate(figures[stopped_after : stopped_after + 2]):
                second.on_epoch_begin(stopped_after + epoch)
                second.on_epoch_end(stopped_after + epoch, {"val_loss": figure})
            if not getattr(whole, "why", None):
                assert second.state() == whole.state()


def plan(**training: Any) -> TrainablePlan:
    return classify(dense_graph(), epochs=8, batch_size=16, **training)


def train(
    made: TrainablePlan, start: TrainingState | None = None, validation: Any = VALIDATION
) -> tuple[Any, KeptCheckpoints, list[Event], Any]:
    from nettool.engine.devices.process_setup import seed_everything
    from nettool.engine.model.build_model import build_model
    from nettool.engine.stop_signal import StopSignal
    from nettool.engine.train.training import train as go

    checkpoints, heard = KeptCheckpoints([]), list[Event]()
    seed_everything(0)
    model = build_model(made.graph)
    history = go(model, made, TRAIN, validation, heard.append, StopSignal(), checkpoints, start)
    return history, checkpoints, heard, model


NEVER_BETTER = {
    "optimizer": Optimizer("SGD", {"learning_rate": 1.0}),
    "early_stopping": EarlyStopping("val_accuracy", "max", 4, 1.0),
    "reduce_learning_rate": ReduceLearningRate("val_loss", "min", 0.5, 1, 100.0),
    "best": Monitored("val_accuracy", "max"),
}
"""Nothing counts as better than the first epoch, but for the best epoch."""


def test_training_stops_early_with_a_falling_rate_and_the_weights_of_the_best_epoch() -> None:
    history, checkpoints, heard, model = train(plan(**NEVER_BETTER))
    # The first epoch is the first that is better than nothing.
    assert [row["learning_rate"] for row in history.rows] == [1.0, 1.0, 0.5, 0.25, 0.125]
    notes = [event.text for event in heard if isinstance(event, Note)]
    assert notes[-2:] == [
        "early_stopping: training ends after epoch 5, val_accuracy has not become better for 4 epochs",
        f"the network has the weights of its best epoch, {history.best_epoch}",
    ]
    assert "reduce_learning_rate: the learning rate is 0.5 from epoch 3 on" in notes
    accuracies = [row["val_accuracy"] for row in history.rows]
    assert history.best_epoch == 1 + accuracies.index(max(accuracies))
    assert checkpoints.best_so_far is not None
    best = [values for _, values in checkpoints.best_so_far.arrays["model"]]
    assert all(map(np.array_equal, [np.array(each) for each in model.variables], best))
    assert all(map(np.array_equal, checkpoints.kept[-1][1], model.get_weights()))
    assert not history.interrupted
    assert checkpoints.states[-1].is_over


def test_the_last_state_is_the_last_one_even_when_the_best_weights_are_brought_back() -> None:
    history, checkpoints, _, model = train(plan(**NEVER_BETTER))
    assert history.best_epoch != len(history.rows)
    last = [values for _, values in checkpoints.states[-1].arrays["model"]]
    assert checkpoints.states[-1].position == Position(len(history.rows))
    assert not all(map(np.array_equal, [np.array(each) for each in model.variables], last))


@pytest.mark.parametrize("epoch", [1, 2, 3, 4])
def test_taken_up_between_epochs_it_ends_with_the_same_bits(epoch: int) -> None:
    whole, kept, _, _ = train(plan(**NEVER_BETTER))
    start = next(each for each in kept.states if each.position == Position(epoch))

    history, checkpoints, _, _ = train(plan(**NEVER_BETTER), start)
    assert history.rows == whole.rows
    assert history.best_epoch == whole.best_epoch
    last, also_last = checkpoints.states[-1], kept.states[-1]
    assert last.callbacks.keys() == also_last.callbacks.keys()
    for group, arrays in also_last.arrays.items():
        assert all(map(np.array_equal, [v for _, v in last.arrays[group]], [v for _, v in arrays])), group


def test_where_no_sample_is_held_out_the_training_figure_is_watched() -> None:
    history, _, _, _ = train(plan(**NEVER_BETTER), validation=None)
    assert history.monitor == "accuracy"
    assert len(history.rows) == 5


class Clock:
    """A second for each look at it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


@pytest.mark.parametrize(
    ("seconds", "position"), [(3.0, Position(0, 3)), (5.0, Position(1)), (8.0, Position(1, 3))]
)
def test_training_ends_after_the_step_in_which_its_time_is_over(
    seconds: float, position: Position, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nettool.engine.train.callbacks import from_settings as optional
    from nettool.engine.train.callbacks import time_limit

    monkeypatch.setattr("nettool.engine.compile.compile_model.steps_per_execution", lambda *_: 1)
    monkeypatch.setattr(
        optional, "TimeLimit", lambda seconds, steps: time_limit.TimeLimit(seconds, steps, Clock())
    )
    history, checkpoints, heard, _ = train(plan(max_time=seconds))
    assert not history.interrupted
    assert checkpoints.states[-1].position == position
    assert not checkpoints.states[-1].is_over
    assert len(history.rows) == position.epoch
    assert isinstance(heard[-1], Note)
    assert heard[-1].text == f"max_time: {seconds:g} s are over, training ends here"


def test_a_limit_of_steps_leaves_whole_epochs_or_the_first_steps_of_one() -> None:
    steps = 4
    for limit, wanted in [(1, (1, 1)), (3, (1, 3)), (4, (1, 4)), (7, (1, 4)), (8, (2, 4)), (1000, (8, 4))]:
        from nettool.engine.compile.training_length import TrainingLength, training_length

        found = training_length(plan(limit_steps=limit), len(TRAIN))
        assert (found.epochs, found.steps) == wanted
        assert found == TrainingLength(wanted[1], wanted[0])
        assert found.total <= limit
    assert steps * 16 == len(TRAIN)


def test_a_limited_training_has_exactly_its_steps() -> None:
    history, _, heard, model = train(plan(limit_steps=3))
    assert [event.epochs for event in heard if isinstance(event, EpochEnded)] == [1]
    assert len(history.rows) == 1
    assert int(np.array(model.optimizer.iterations)) == 3


def test_the_defaults_are_those_of_keras() -> None:
    import inspect

    import keras

    theirs = inspect.signature(keras.callbacks.ReduceLROnPlateau).parameters
    ours = ReduceLearningRate("val_loss", "min")
    assert (ours.factor, ours.patience, ours.min_delta, ours.min_learning_rate, ours.cooldown) == tuple(
        theirs[name].default for name in ("factor", "patience", "min_delta", "min_lr", "cooldown")
    )
    assert Training().early_stopping is None
