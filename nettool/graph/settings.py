"""How to train and what to expect: the `train:` and `expect:` sections as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from nettool.diagnostics.source import Span


@dataclass(frozen=True, slots=True)
class Optimizer:
    """A Keras optimizer by its class name, with the options that the user wrote."""

    name: str = "Adam"
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Training:
    """How to train. `validation_split` is the share of the training part that is held out (0 for none)."""

    optimizer: Optimizer = field(default_factory=Optimizer)
    epochs: int = 10
    batch_size: int = 32
    validation_split: float = 0.1
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Expectation:
    """A claim of the spec: the named figure stands in this relation to the value."""

    figure: str
    relation: Literal["exactly", "at least", "at most"]
    value: float
    span: Span

    def holds(self, measured: float) -> bool:
        """Whether a measured figure keeps the claim."""
        if self.relation == "at least":
            return measured >= self.value
        if self.relation == "at most":
            return measured <= self.value
        return measured == self.value
