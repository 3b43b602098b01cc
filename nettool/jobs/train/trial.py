"""Which runs are trials: cut short, or trained on a few samples, by what was said outside of the spec."""

from collections.abc import Sequence
from pathlib import Path

from nettool.front_end import written_training
from nettool.record.events.event_text import samples_text
from nettool.spec.training import Training


def trial_of(training: Training, overrides: Sequence[str], text: str, folder: Path) -> str | None:
    """What makes a run with these settings a trial, in words; None for a run as its spec asks for.

    `text` is the spec as it was before `overrides`, with includes from `folder`.
    """
    if training.overfit is not None:
        return f"overfit check on {samples_text(training.overfit)}"
    if not any(override.startswith("train") for override in overrides):
        return None
    written = written_training(text, folder)
    if training.limit_steps is not None and (written is None or training.limit_steps != written.limit_steps):
        return f"at most {training.limit_steps:,} steps"
    epochs = (written or Training()).epochs
    return f"{training.epochs:,} of {epochs:,} epochs" if training.epochs < epochs else None
