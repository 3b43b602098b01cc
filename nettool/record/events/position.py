"""A position in a training: epochs and steps that are done."""

from dataclasses import dataclass

from nettool.record.disk.typed_json import Count


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """So many epochs are over, and so many steps of the next one are done."""

    epoch: Count = 0
    step: Count = 0

    def __str__(self) -> str:
        epochs = f"{self.epoch:,} {'epoch' if self.epoch == 1 else 'epochs'}"
        steps = f" and {self.step:,} {'step' if self.step == 1 else 'steps'}" if self.step else ""
        return epochs + steps
