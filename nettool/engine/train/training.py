"""Train a model as its plan says."""

from collections.abc import Iterator
from functools import partial

import keras

from nettool.data.column import Part
from nettool.engine.compile.compile_model import build_objectives, build_optimizer, compile_model
from nettool.engine.compile.metric_names import metric_names
from nettool.engine.compile.training_length import TrainingLength, training_length
from nettool.engine.devices.backend import backend
from nettool.engine.devices.devices import is_on_several
from nettool.engine.devices.out_of_memory import memory_warning
from nettool.engine.failures import TrainingFailed
from nettool.engine.input.class_weights import class_weight_lines, weights_by_class
from nettool.engine.input.epoch_order import EpochOrder
from nettool.engine.input.input_pipeline import evaluation_batch_size, evaluation_pipeline, training_pipeline
from nettool.engine.input.unread_samples import noted_errors_raised
from nettool.engine.model.stateful import BeginAnew
from nettool.engine.model.training_state import put_back
from nettool.engine.nonfinite.explain import Explaining
from nettool.engine.stop_signal import Stopped, StopSignal
from nettool.engine.train.callbacks.best_epoch import BestEpoch
from nettool.engine.train.callbacks.epoch_log import EpochLog, EpochReported
from nettool.engine.train.callbacks.finite_loss import FiniteLoss, FiniteValidation
from nettool.engine.train.callbacks.from_settings import SettingsCallbacks
from nettool.engine.train.callbacks.model_files import ModelFiles
from nettool.engine.train.callbacks.one_training import OneTraining
from nettool.engine.train.callbacks.progress import Progress
from nettool.engine.train.callbacks.shuffle import Shuffle
from nettool.engine.train.callbacks.state_saving import StateSaving
from nettool.engine.train.callbacks.steps_per_execution import StepsPerExecution
from nettool.engine.train.callbacks.stop_on_request import StopOnRequest
from nettool.engine.train.callbacks.time_limit import TimeOver
from nettool.engine.train.checkpoint_writer import CheckpointWriter
from nettool.engine.train.epochs import Course, train_epochs
from nettool.engine.train.history import History
from nettool.engine.train.kept_best import kept_best
from nettool.engine.train.monitor import best_monitored
from nettool.engine.train.resume_check import require_numbers
from nettool.graph.trainable_plan import TrainablePlan
from nettool.record.checkpoints.training_state import TrainingState
from nettool.record.events.events import EpochEnded, Listener, Note
from nettool.record.events.position import Position


@noted_errors_raised()
def train(
    model: keras.Model,
    plan: TrainablePlan,
    part: Part,
    validation: Part | None,
    listener: Listener,
    stop: StopSignal,
    checkpoints: CheckpointWriter,
    start: TrainingState | None = None,
) -> History:
    """Compile and fit the model; each epoch is reported to the listener, the writer gets states and models.

    Call `seed_everything` before the model is built to make the run repeatable. With `start`, a state that an
    earlier training of the same plan and data has saved, it goes on from there: weights and metrics are, on
    the CPU, those of the training that was never stopped. An interrupted epoch has no row.

    Raises TrainingFailed when the loss or a weight is not finite any more (the models of the last sound state
    and of the best epoch are kept even then), CannotResume when the state does not fit the model, and
    DataError when samples cannot be read.
    """
    settings = plan.training
    length = training_length(plan, len(part))
    order = EpochOrder(settings.seed, len(part))
    batches = partial(training_pipeline, plan, part, settings.batch_size, order, most_steps=length.steps)
    training_batches = batches()
    steps = training_batches.steps
    validation_batches = None
    if validation is not None and len(validation):
        validation_batches = evaluation_pipeline(plan, validation, evaluation_batch_size(settings.batch_size))
    compile_model(model, plan, len(part))
    # Its variables belong to the first state already.
    build_optimizer(model)
    build_objectives(model, training_batches.dataset)
    for line in _beforehand(model, plan, part):
        listener(Note(line))
    names = metric_names(plan)
    monitored = best_monitored(settings, has_validation=validation_batches is not None)
    best = BestEpoch(monitored)
    if start is not None:
        require_numbers(start, model, steps)
    log = EpochLog(names, length.epochs, () if start is None else start.history)
    optional = SettingsCallbacks.of(settings, steps, listener, has_validation=validation_batches is not None)
    remembering = [log, best, *optional.remembering]
    saving = StateSaving(checkpoints, steps, remembering, log, best, start)
    files = ModelFiles(checkpoints, best, is_resumed=start is not None)
    callbacks = [
        BeginAnew(),
        Shuffle(order),
        Progress(listener, names, length.epochs, steps),
        FiniteLoss(steps),
        *remembering,
        saving,
        StopOnRequest(stop),
        EpochReported(listener, log, best),
        FiniteValidation(listener),
        *optional.limits,
        files,
        *_steps_per_execution(model, length),
    ]
    training = OneTraining(callbacks, model, length.epochs, steps, start)
    if start is None:
        saving.save()
    course = Course(
        training_batches, lambda step: batches(first_step=step), validation_batches, length.epochs
    )
    try:
        interrupted = _train(model, course, training, start, saving)
    except TrainingFailed as failure:
        files.finish(last=False)
        explaining = Explaining(model, plan, order, course.rest_from, listener, stop)
        raise _explained(failure, explaining, checkpoints) from failure
    if settings.optimizer.options.get("use_ema"):
        # At the end the weights became their averages.
        files.changed()
    if not interrupted:
        for line in optional.why():
            listener(Note(line))
        if settings.early_stopping is not None and settings.early_stopping.restore_best:
            _bring_back_best(model, checkpoints, best, listener)
            files.changed()
    files.finish()
    if files.has_lost_best:
        lost = f"the state after the best epoch, {best.epoch}, is missing or damaged"
        listener(Note(f"{lost}: the best model may be that of an earlier epoch"))
    return History(
        rows=tuple(_row(ended) for ended in log.ended),
        seconds=tuple(ended.seconds for ended in log.ended),
        monitor=monitored.monitor,
        best_epoch=best.epoch,
        interrupted=interrupted,
    )


def _beforehand(model: keras.Model, plan: TrainablePlan, part: Part) -> Iterator[str]:
    """What is to be said before the first step: that memory may not be enough, and what classes weigh."""
    warning = memory_warning(model, plan)
    if warning is not None:
        yield warning
    yield from class_weight_lines(plan, weights_by_class(plan, part))


def _explained(
    failure: TrainingFailed, explaining: Explaining, checkpoints: CheckpointWriter
) -> TrainingFailed:
    """The failure with where it began. The model becomes that of the last sound state, and is kept."""
    kept = checkpoints.last_state()
    explained = explaining.explained(failure, kept)
    if kept is not None and kept.position > Position():
        put_back(explaining.model, kept.arrays)
        checkpoints.last(explaining.model)
    return explained


def _train(
    model: keras.Model,
    course: Course,
    training: OneTraining,
    start: TrainingState | None,
    saving: StateSaving,
) -> bool:
    """Train until the end, or until someone asks to stop (True), or the time is over; the state is saved."""
    try:
        train_epochs(model, course, training, start)
    except Stopped:
        saving.save()
        return True
    except TimeOver:
        saving.save()
    return False


def _steps_per_execution(model: keras.Model, length: TrainingLength) -> list[keras.callbacks.Callback]:
    """JAX's loop takes one step at a time in any case; with several devices the estimate has to do."""
    if backend() == "jax" or is_on_several(model):
        return []
    return [StepsPerExecution(length.steps, length.epochs)]


def _bring_back_best(
    model: keras.Model, checkpoints: CheckpointWriter, best: BestEpoch, listener: Listener
) -> None:
    state = kept_best(model, checkpoints, best)
    if state is not None:
        put_back(model, state.arrays)
        listener(Note(f"the network has the weights of its best epoch, {best.epoch}"))
    elif best.epoch is not None:
        listener(
            Note(f"the network has the weights of its last epoch: those of its best, {best.epoch}, are lost")
        )


def _row(ended: EpochEnded) -> dict[str, float]:
    return {"epoch": ended.epoch, **ended.metrics, "learning_rate": ended.learning_rate}
