"""Whether a saved state is one of the training that it is to go on with."""

from collections.abc import Collection, Sequence
from typing import cast

import keras

from nettool.engine.compile.metric_names import metric_names, plain_number
from nettool.engine.compile.training_length import training_length
from nettool.engine.model.training_state import arrays_of, require_variables
from nettool.engine.nonfinite.finite import not_finite
from nettool.engine.train.callbacks.best_epoch import BestEpoch
from nettool.engine.train.callbacks.early_stop import EarlyStop
from nettool.engine.train.callbacks.resumable import saved_state
from nettool.engine.train.monitor import Monitor, as_measured, best_monitored
from nettool.graph.trainable_plan import TrainablePlan
from nettool.record.checkpoints.training_state import TrainingState
from nettool.record.events.events import EpochEnded
from nettool.record.run_damaged import CannotResume
from nettool.spec.train.monitoring import Monitored
from nettool.vocabulary.metric_directions import VALIDATION_PREFIX


def require_course(start: TrainingState, plan: TrainablePlan, samples: int, *, has_validation: bool) -> None:
    """Raise CannotResume where its epochs are not those of this plan's training on so many samples."""
    settings, position = plan.training, start.position
    steps = training_length(plan, samples).steps
    if position.step > steps:
        raise _damaged(f"it is after step {position.step:,} of an epoch of {steps:,}")
    names = metric_names(plan)
    _require_metrics(
        start.history, (*names, *(VALIDATION_PREFIX + name for name in names)) if has_validation else names
    )
    monitored = best_monitored(settings, has_validation=has_validation)
    memory = saved_state(BestEpoch.__name__, BestEpoch.form, start.callbacks)
    _require_best(start, BestEpoch, monitored, cast("int | None", memory["epoch"]) or 0)
    best = Monitor(monitored)
    for ended in start.history:
        best.improves(ended.metrics)
    if best.best != plain_number(cast(float, memory["best"])):
        raise _damaged(f"the best {monitored.monitor} of its epochs is {best.best}, not {memory['best']}")
    stopping, waited = settings.early_stopping, -1
    if stopping is not None:
        waited = cast(int, saved_state(EarlyStop.__name__, EarlyStop.form, start.callbacks)["waited"])
        since = position.epoch - waited
        _require_best(start, EarlyStop, as_measured(stopping, has_validation=has_validation), since)
    is_stopped = stopping is not None and waited >= stopping.patience
    if start.is_over and not is_stopped and settings.overfit is None:
        raise _damaged("it says that training ended by itself, and nothing in the spec ends it so early")


def require_numbers(start: TrainingState, model: keras.Model, steps: int) -> None:
    """Raise CannotResume where its arrays are not of the compiled model after as many steps.

    `steps` make an epoch; the optimizer is built.
    """
    require_variables(model, start.arrays)
    position = start.position
    for group, number in sorted(not_finite(start.arrays) - not_finite(arrays_of(model, within_epoch=False))):
        raise _damaged(f"`{start.arrays[group][number][0]}` holds numbers that are not finite")
    place = [variable.path for variable in model.optimizer.variables].index(_counter(model.optimizer).path)
    counted = int(start.arrays["optimizer"][place][1])
    done = position.epoch * steps + position.step
    # With a loss scale, steps whose gradients are not finite are left out.
    if counted != done and not (_scales(model.optimizer) and 0 <= counted < done):
        raise _damaged(f"its optimizer has taken {counted:,} steps, and its training {done:,}")


def _require_metrics(history: Sequence[EpochEnded], names: Collection[str]) -> None:
    for ended in history:
        if set(ended.metrics) != set(names):
            raise _damaged(
                f"its epoch {ended.epoch} has the metrics {', '.join(sorted(ended.metrics)) or 'none'}, "
                f"not {', '.join(sorted(names))}"
            )


def _require_best(start: TrainingState, kind: type, monitored: Monitored, epoch: int) -> None:
    """What a callback remembers as the best value must be that of its epoch; 0 is before any."""
    best = plain_number(cast(float, start.callbacks[kind.__name__]["best"]))
    if not 0 <= epoch <= start.position.epoch:
        raise _damaged(f"{kind.__name__} has its best value of epoch {epoch}, of {start.position.epoch}")
    value = start.history[epoch - 1].metrics[monitored.monitor] if epoch else Monitor(monitored).best
    if best != value:
        raise _damaged(f"{kind.__name__} has {best} for {monitored.monitor} in epoch {epoch}, not {value}")


def _counter(optimizer: keras.Optimizer) -> keras.Variable:
    return getattr(optimizer, "inner_optimizer", optimizer)._iterations


def _scales(optimizer: keras.Optimizer) -> bool:
    return hasattr(optimizer, "inner_optimizer")


def _damaged(reason: str) -> CannotResume:
    return CannotResume(f"the saved state is damaged: {reason}")
