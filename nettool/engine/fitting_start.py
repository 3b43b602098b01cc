"""Whether a saved state is one of the training that it is to go on with."""

from collections.abc import Collection

from nettool.record.cannot_resume import CannotResume
from nettool.record.training_state import TrainingState


def require_fitting(start: TrainingState, figures: Collection[str], steps: int) -> None:
    """Raise CannotResume for a state of other metrics or longer epochs than this training's."""
    if start.position.step > steps:
        raise CannotResume(
            f"the saved state is damaged: it is after step {start.position.step:,} of an epoch of {steps:,}"
        )
    if [ended.epoch for ended in start.history] != list(range(1, start.position.epoch + 1)):
        raise CannotResume(
            f"the saved state is damaged: its history must have each of {start.position.epoch} epochs once"
        )
    for ended in start.history:
        if set(ended.figures) != set(figures):
            raise CannotResume(
                f"the saved state is damaged: its epoch {ended.epoch} has the metrics "
                f"{', '.join(sorted(ended.figures)) or 'none'}, not {', '.join(sorted(figures))}"
            )
