"""A number of training steps, as such or in epochs: `500`, `5 epochs`, `0.5 epochs`."""

import re
from dataclasses import dataclass

from nettool.kinds.kind import Kind, is_whole

EPOCHS_PATTERN = r"(\d+(?:\.\d+)?) +epochs?"
_EPOCHS = re.compile(EPOCHS_PATTERN)


@dataclass(frozen=True, slots=True)
class StepCount(Kind):
    """A whole number of steps, at least `lowest`, or a number of epochs, which may be a fraction."""

    lowest: int

    @property
    def description(self) -> str:
        """Both forms."""
        return f"a whole number of steps, at least {self.lowest}, or of epochs, such as `5 epochs`"

    def accepts(self, value: object) -> bool:
        """Whether it is such a number, or such a text."""
        if isinstance(value, str):
            epochs = epochs_of(value)
            return epochs is not None and (epochs > 0 or self.lowest == 0)
        return is_whole(value) and value >= self.lowest


def epochs_of(text: str) -> float | None:
    """The number in `5 epochs`; None for any other text."""
    match = _EPOCHS.fullmatch(text)
    return None if match is None else float(match[1])


def in_steps(value: object, steps_per_epoch: int, lowest: int = 0) -> object:
    """A count in epochs as the nearest number of steps, at least `lowest`; any other value as it is."""
    epochs = epochs_of(value) if isinstance(value, str) else None
    return value if epochs is None else max(lowest, round(epochs * steps_per_epoch))
