"""Train a model as its plan says."""

import keras

from nettool.data.column import Part
from nettool.engine.callbacks.best_epoch import BestEpoch
from nettool.engine.callbacks.epoch_log import EpochLog
from nettool.engine.callbacks.epoch_told import EpochTold
from nettool.engine.callbacks.finite_loss import FiniteLoss
from nettool.engine.callbacks.model_files import ModelFiles
from nettool.engine.callbacks.one_training import OneTraining
from nettool.engine.callbacks.progress import Progress
from nettool.engine.callbacks.shuffle import Shuffle
from nettool.engine.callbacks.state_saving import StateSaving
from nettool.engine.callbacks.stop_on_request import StopOnRequest, Stopped, StopSignal
from nettool.engine.compiling import compile_model
from nettool.engine.epoch_order import EpochOrder
from nettool.engine.epochs import Course, train_epochs
from nettool.engine.failures import TrainingFailed
from nettool.engine.feed import evaluation_batch_size, evaluation_feed, training_feed
from nettool.engine.figures import VALIDATION, figure_names
from nettool.engine.history import History
from nettool.engine.keeper import Keeper
from nettool.engine.unread_samples import noted_errors_raised
from nettool.graph.plan import Plan
from nettool.record.events import EpochEnded, Listener
from nettool.record.training_state import TrainingState


@noted_errors_raised()
def train(
    model: keras.Model,
    plan: Plan,
    part: Part,
    validation: Part | None,
    listener: Listener,
    stop: StopSignal,
    keeper: Keeper,
    start: TrainingState | None = None,
) -> History:
    """Compile and fit the model; the listener hears of each epoch, the keeper gets states and models.

    Call `seed_everything` before the model is built to make the run repeatable. With `start`, a state that an
    earlier training of the same plan and data has saved, it goes on from there: weights and figures are, on
    the CPU, those of the training that was never stopped. An interrupted epoch has no row.

    Raises TrainingFailed when the loss is no longer a number, the best model being kept even then,
    CannotResume when the state does not fit the model, and DataError when samples cannot be read.
    """
    if plan.training is None:
        raise ValueError("a plan without settings for training cannot be trained")
    settings = plan.training
    order = EpochOrder(settings.seed, len(part))
    feed = training_feed(plan, part, settings.batch_size, order)
    steps = feed.steps
    rest = None
    if start is not None and start.position.step:
        rest = training_feed(plan, part, settings.batch_size, order, first_step=start.position.step)
    held_out = None
    if validation is not None and len(validation):
        held_out = evaluation_feed(plan, validation, evaluation_batch_size(settings.batch_size))
    compile_model(model, plan, len(part))
    # Keras would do so at the first step; here its variables belong to the first state already.
    model.optimizer.build(model.trainable_variables)
    names = figure_names(plan)
    best_figure = "loss" if held_out is None else VALIDATION + "loss"
    best = BestEpoch(best_figure)
    log = EpochLog(names, settings.epochs, () if start is None else start.history)
    remembering = [log, best]
    saving = StateSaving(keeper, steps, remembering, log, best, 0.0 if start is None else start.seconds)
    files = ModelFiles(keeper, best, is_resumed=start is not None)
    callbacks = [
        Shuffle(order),
        Progress(listener, names, settings.epochs, steps),
        FiniteLoss(steps),
        *remembering,
        saving,
        StopOnRequest(stop),
        EpochTold(listener, log),
        files,
    ]
    training = OneTraining(callbacks, model, settings.epochs, steps, start)
    if start is None:
        saving.save()
    interrupted = False
    try:
        train_epochs(model, Course(feed, rest, held_out, settings.epochs), training, start)
    except Stopped:
        interrupted = True
        saving.save()
    except TrainingFailed:
        files.finish(last=False)
        raise
    files.finish()
    return History(
        rows=tuple(_row(ended) for ended in log.ended),
        seconds=tuple(ended.seconds for ended in log.ended),
        best_figure=best_figure,
        best_epoch=best.epoch,
        interrupted=interrupted,
    )


def _row(ended: EpochEnded) -> dict[str, float]:
    return {"epoch": ended.epoch, **ended.figures, "learning_rate": ended.learning_rate}
