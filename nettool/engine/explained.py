"""A training whose numbers are no longer finite, explained: where that began, what is kept, what to do."""

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np

from nettool.engine.callbacks.stop_on_request import StopSignal
from nettool.engine.epoch_order import EpochOrder
from nettool.engine.failures import TrainingFailed
from nettool.engine.feed import Feed
from nettool.engine.finite import not_finite
from nettool.engine.origin import origin_of
from nettool.engine.origin_text import advice, origin_text
from nettool.engine.replay import BadStep, first_bad_step
from nettool.graph.plan import Plan
from nettool.graph.settings import Training
from nettool.record.events import Listener, Note
from nettool.record.position import Position
from nettool.record.training_state import TrainingState


@dataclass(frozen=True, slots=True, eq=False)
class Explaining:
    """All that it takes to go back and look. `rest_from` gives the batches of an epoch from a step on."""

    model: keras.Model
    plan: Plan
    order: EpochOrder
    rest_from: Callable[[int], Feed]
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
            found = (f"first: this could not be found out ({' '.join(str(problem).split())[:200]})",)
            return _with(failure, kept, found)
        if isinstance(found, TrainingFailed):
            return _with(found, kept, found.details)
        return _with(failure, kept, found)

    def _found(self, failure: TrainingFailed, kept: TrainingState) -> TrainingFailed | tuple[str, ...]:
        self.order.begin(kept.position.epoch)
        feed = self.rest_from(kept.position.step)
        accepted = not_finite(kept.arrays)
        bad = first_bad_step(self.model, feed, kept, failure.step, accepted, self.stop)
        if bad is not None:
            return self._told(bad, kept, feed.steps)
        if self.stop.requested:
            return ()
        return (
            "first: this cannot be said; trained again, the same steps came to finite numbers, so something "
            "in them differs each time (code of your own that draws random numbers, operations of a GPU)",
        )

    def _told(self, bad: BadStep, kept: TrainingState, steps: int) -> TrainingFailed:
        rate = float(np.array(self.model.optimizer.learning_rate))
        origin = origin_of(self.model, self.plan, bad, kept)
        epoch = kept.position.epoch + 1
        is_first_step = epoch == bad.step == 1
        where = f"in epoch {epoch}, step {bad.step:,} of {steps:,}"
        if np.isfinite(bad.loss):
            reason = f"the weights became {'nan' if origin is None else origin.found} {where}"
        else:
            reason = f"the loss became {bad.loss} {where}"
        if origin is None:
            return TrainingFailed(reason, epoch, bad.step)
        settings = self.plan.training or Training()
        is_clipped = any("clip" in name and value for name, value in settings.optimizer.options.items())
        to_do = advice(origin, settings.precision, rate, is_clipped=is_clipped, is_first_step=is_first_step)
        details = (f"first: {origin_text(origin, self.plan.graph)}", f"help: {to_do}")
        return TrainingFailed(reason, epoch, bad.step, details)


def _with(failure: TrainingFailed, kept: TrainingState, details: tuple[str, ...]) -> TrainingFailed:
    what = f"after {kept.position}" if kept.position > Position() else "before the first step"
    state = (
        f"kept: the state {what}; `--resume` would take the same steps again, so train anew with what you "
        "change"
    )
    return TrainingFailed(failure.reason, failure.epoch, failure.step, (*details, state))
