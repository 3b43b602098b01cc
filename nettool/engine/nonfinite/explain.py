"""A training whose numbers are no longer finite, explained: where that began, what is kept, what to do."""

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np

from nettool.engine.failures import TrainingFailed
from nettool.engine.input.epoch_order import EpochOrder
from nettool.engine.input.input_pipeline import InputPipeline
from nettool.engine.nonfinite.finite import kind_of, not_finite
from nettool.engine.nonfinite.origin_search import origin_of
from nettool.engine.nonfinite.origin_text import advice, half_precision, origin_text
from nettool.engine.nonfinite.replay import BadStep, first_bad_step
from nettool.engine.stop_signal import StopSignal
from nettool.graph.trainable_plan import TrainablePlan
from nettool.record.checkpoints.training_state import TrainingState
from nettool.record.events.events import Listener, Note
from nettool.record.events.position import Position


@dataclass(frozen=True, slots=True, eq=False)
class Explaining:
    """All that it takes to go back and look. `rest_from` gives the batches of an epoch from a step on."""

    model: keras.Model
    plan: TrainablePlan
    order: EpochOrder
    rest_from: Callable[[int], InputPipeline]
    listener: Listener
    stop: StopSignal

    def explained(self, failure: TrainingFailed, kept: TrainingState | None) -> TrainingFailed:
        """The failure with the step and the node where it began; as it is when that cannot be found out.

        The steps since the state that was kept last are trained again, so the model has other weights then.
        """
        if kept is None or kept.position.epoch + 1 != failure.epoch:
            return TrainingFailed(
                failure.reason,
                failure.epoch,
                failure.step,
                ("help: a lower learning rate usually helps",),
            )
        count = failure.step - kept.position.step
        steps = "a step" if count == 1 else f"{count:,} steps"
        self.listener(Note(f"{failure.reason}; going through {steps} again to see where it began"))
        try:
            found = self._found(failure, kept)
        except Exception as problem:  # whatever it is, it must not take the place of the failure itself
            found = _unknown(failure, problem)
        return TrainingFailed(found.reason, found.epoch, found.step, (*found.details, _kept(kept)))

    def _found(self, failure: TrainingFailed, kept: TrainingState) -> TrainingFailed:
        self.order.begin(kept.position.epoch)
        batches = self.rest_from(kept.position.step)
        accepted = not_finite(kept.arrays)
        bad = first_bad_step(self.model, batches, kept, failure.step, accepted, self.stop)
        if bad is not None:
            return self._explained(bad, kept, batches.steps)
        if self.stop.requested:
            return failure
        once_more = (
            "first: this cannot be said; trained again, the same steps came to finite numbers, so something "
            "in them differs each time (code of your own that draws random numbers, operations of a GPU)"
        )
        return TrainingFailed(failure.reason, failure.epoch, failure.step, (once_more,))

    def _explained(self, bad: BadStep, kept: TrainingState, steps: int) -> TrainingFailed:
        epoch = kept.position.epoch + 1
        where = f"in epoch {epoch}, step {bad.step:,} of {steps:,}"
        spoilt = [bad.after[group][number][1] for group, number in sorted(bad.spoilt)]
        reason = f"the loss became {bad.loss} {where}"
        if np.isfinite(bad.loss):
            reason = f"the weights became {kind_of(spoilt[0])} {where}"
        found = TrainingFailed(reason, epoch, bad.step)
        try:
            origin = origin_of(self.model, self.plan, bad, kept)
        except Exception as problem:  # the step is known all the same
            return _unknown(found, problem)
        if origin is None:
            return found
        settings = self.plan.training
        to_do = advice(
            origin,
            half_precision(self.plan.graph, origin.name, settings.precision),
            float(np.array(self.model.optimizer.learning_rate)),
            is_clipped=any("clip" in name and value for name, value in settings.optimizer.options.items()),
            is_first_step=epoch == bad.step == 1,
        )
        details = (f"first: {origin_text(origin, self.plan.graph)}", f"help: {to_do}")
        return TrainingFailed(reason, epoch, bad.step, details)


def _unknown(failure: TrainingFailed, problem: Exception) -> TrainingFailed:
    why = " ".join(str(problem).split())[:200]
    return TrainingFailed(
        failure.reason, failure.epoch, failure.step, (f"first: this could not be found out ({why})",)
    )


def _kept(state: TrainingState) -> str:
    what = f"after {state.position}" if state.position > Position() else "before the first step"
    return (
        f"kept: the state {what}; a resumed run would take the same steps again, so train anew with what you "
        "change"
    )
