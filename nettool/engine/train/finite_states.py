"""Keep what is not finite out of the states that training goes on from."""

from collections.abc import Mapping

from nettool.engine.failures import TrainingFailed
from nettool.engine.nonfinite.finite import Places, kind_of, not_finite
from nettool.record.checkpoints.training_state import NamedArrays, TrainingState
from nettool.record.events.position import Position


class FiniteStates:
    """Refuses a state in which a number has become NaN or infinite since the training's first one.

    What was so from the beginning on is meant so, as a layer's mask of -inf is.
    """

    def __init__(self, start: TrainingState | None) -> None:
        self.from_the_beginning: Places | None = None if start is None else not_finite(start.arrays)

    def require(self, arrays: Mapping[str, NamedArrays], position: Position, steps: int) -> None:
        """Raise TrainingFailed for such a state at a position in epochs of so many steps."""
        found = not_finite(arrays)
        if self.from_the_beginning is None:
            self.from_the_beginning = found
        for group, number in sorted(found - self.from_the_beginning):
            name, values = arrays[group][number]
            epoch, step = (position.epoch + 1, position.step) if position.step else (position.epoch, steps)
            raise TrainingFailed(
                f"`{name}` became {kind_of(values)} in epoch {epoch}, by step {step:,} of {steps:,}",
                epoch,
                step,
            )
