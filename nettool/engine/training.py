"""Train a model as its plan says."""

import keras

from nettool.data.column import Part
from nettool.engine.callbacks.checkpoints import CheckpointKeeper, Checkpoints
from nettool.engine.callbacks.epoch_log import EpochLog
from nettool.engine.callbacks.finite_loss import FiniteLoss
from nettool.engine.callbacks.progress import Progress
from nettool.engine.callbacks.shuffle import Shuffle
from nettool.engine.callbacks.stop_on_request import StopOnRequest, Stopped, StopSignal
from nettool.engine.compiling import compile_model
from nettool.engine.epoch_order import EpochOrder
from nettool.engine.failures import TrainingFailed
from nettool.engine.feed import evaluation_batch_size, evaluation_feed, training_feed
from nettool.engine.figures import VALIDATION, figure_names
from nettool.engine.history import History
from nettool.graph.plan import Plan
from nettool.record.events import EpochEnded, Listener


def train(
    model: keras.Model,
    plan: Plan,
    part: Part,
    validation: Part | None,
    listener: Listener,
    stop: StopSignal,
    keeper: CheckpointKeeper,
) -> History:
    """Compile and fit the model, telling the listener of each epoch and handing models to the keeper.

    Call `seed_everything` before the model is built to make the run repeatable. An interrupted epoch has no
    row. Raises TrainingFailed when the loss is no longer a number; the best model is kept even then.
    """
    if plan.training is None:
        raise ValueError("a plan without settings for training cannot be trained")
    settings = plan.training
    order = EpochOrder(settings.seed, len(part))
    feed = training_feed(plan, part, settings.batch_size, order)
    held_out = None
    if validation is not None and len(validation):
        held_out = evaluation_feed(plan, validation, evaluation_batch_size(settings.batch_size))
    compile_model(model, plan, len(part))
    names = figure_names(plan)
    best_figure = "loss" if held_out is None else VALIDATION + "loss"
    log = EpochLog(listener, names, settings.epochs)
    checkpoints = Checkpoints(keeper, best_figure)
    interrupted = False
    try:
        model.fit(
            feed.dataset,
            validation_data=None if held_out is None else held_out.dataset,
            epochs=settings.epochs,
            shuffle=False,
            verbose=0,
            callbacks=[
                Shuffle(order),
                Progress(listener, names, settings.epochs, feed.steps),
                FiniteLoss(feed.steps),
                StopOnRequest(stop),
                log,
                checkpoints,
            ],
        )
    except Stopped:
        interrupted = True
    except TrainingFailed:
        checkpoints.finish(last=False)
        raise
    checkpoints.finish()
    return History(
        rows=tuple(_row(ended) for ended in log.ended),
        seconds=tuple(ended.seconds for ended in log.ended),
        best_figure=best_figure,
        best_epoch=checkpoints.best_epoch,
        interrupted=interrupted,
    )


def _row(ended: EpochEnded) -> dict[str, float]:
    return {"epoch": ended.epoch, **ended.figures, "learning_rate": ended.learning_rate}
