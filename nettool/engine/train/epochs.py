"""Go through the epochs, from the first one or from the middle of one on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import keras

from nettool.engine.input.input_pipeline import InputPipeline
from nettool.engine.model.training_state import put_back
from nettool.engine.train.callbacks.one_training import OneTraining
from nettool.engine.train.callbacks.steps_per_execution import OtherStepsPerExecution
from nettool.record.checkpoints.training_state import TrainingState
from nettool.record.events.position import Position
from nettool.vocabulary.metric_directions import VALIDATION_PREFIX


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """What training goes through: epochs of `batches`; `rest_from` gives the rest of one, from a step on."""

    batches: InputPipeline
    rest_from: Callable[[int], InputPipeline]
    validation: InputPipeline | None
    epochs: int


def train_epochs(
    model: keras.Model, course: Course, callbacks: OneTraining, start: TrainingState | None
) -> None:
    """Train a compiled model until so many epochs are over, or the callbacks end it.

    Keras's fit can only begin with an epoch, so the rest of a broken-off one is a fit of its own; all others
    are one, but for a change of the steps per execution. Raises what the callbacks raise, and CannotResume
    when `start` does not fit the model.
    """
    with _weights_not_averaged(model.optimizer):
        _train_epochs(model, course, callbacks, start)
    model.optimizer.finalize_variable_values(model.trainable_weights)


def _train_epochs(
    model: keras.Model, course: Course, callbacks: OneTraining, start: TrainingState | None
) -> None:
    model.stop_training = start is not None and start.is_over
    position = Position() if start is None else start.position
    if start is not None:
        if position.step:
            _use_metrics(model, course.batches)
        put_back(model, start.arrays)
    _train_from(model, course, callbacks, position)


def _train_from(model: keras.Model, course: Course, callbacks: OneTraining, position: Position) -> None:
    change = None
    try:
        _train_with_one_tracing(model, course, callbacks, position)
    except OtherStepsPerExecution as asked:
        change = asked
    if change is not None:
        callbacks.go_on_from(change.step)
        model.steps_per_execution = change.steps_at_once
        model.train_function = model.test_function = None
        _train_from(model, course, callbacks, Position(change.epoch, change.step))


def _train_with_one_tracing(
    model: keras.Model, course: Course, callbacks: OneTraining, position: Position
) -> None:
    """Raises OtherStepsPerExecution where another number of steps, which is traced anew, would be better."""
    first = position.epoch
    callbacks.is_last_fit = False
    if position.step:
        rest = course.rest_from(position.step)
        _finish_epoch(model, rest, course.validation, first, position.step, callbacks)
        first += 1
    callbacks.is_last_fit = True
    end = first if model.stop_training else course.epochs
    _fit(model, course.batches, course.validation, first, end, callbacks)


def _finish_epoch(
    model: keras.Model,
    rest: InputPipeline,
    validation: InputPipeline | None,
    epoch: int,
    step: int,
    callbacks: OneTraining,
) -> None:
    if step < rest.steps:
        _fit(model, rest, validation, epoch, epoch + 1, callbacks)
        return
    # Keras does not fit to no batch at all: only the epoch's end is left, as its fit would do it.
    callbacks.on_train_begin()
    callbacks.on_epoch_begin(epoch)
    metrics = dict(model.get_metrics_result())
    if validation is not None:
        measured = model.evaluate(validation.dataset, callbacks=callbacks, verbose=0, return_dict=True)
        metrics |= {VALIDATION_PREFIX + name: value for name, value in measured.items()}
    callbacks.on_epoch_end(epoch, metrics)


def _fit(
    model: keras.Model,
    batches: InputPipeline,
    validation: InputPipeline | None,
    first: int,
    end: int,
    callbacks: OneTraining,
) -> None:
    model.fit(
        batches.dataset,
        validation_data=None if validation is None else validation.dataset,
        initial_epoch=first,
        epochs=end,
        shuffle=False,
        verbose=0,
        callbacks=callbacks,
    )


def _use_metrics(model: keras.Model, batches: InputPipeline) -> None:
    """Let Keras make the variables of losses and metrics, which it does when they are first used."""
    model.evaluate(batches.dataset.take(1), verbose=0)


@contextmanager
def _weights_not_averaged(optimizer: keras.Optimizer) -> Iterator[None]:
    """Keep a fit from replacing the weights by their moving averages (`use_ema`).

    Keras does so at the end of each, on JAX also of one that is broken off: it is due at the end of training.
    """
    optimizer.finalize_variable_values = lambda variables: None
    try:
        yield
    finally:
        del optimizer.finalize_variable_values
