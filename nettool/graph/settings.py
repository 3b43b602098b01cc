"""How to train and what to expect: the `train:` and `expect:` sections as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from nettool.diagnostics.source import Span
from nettool.spec.train_section import DEFAULT_OPTIMIZER
from nettool.vocabulary.metric_directions import Direction


@dataclass(frozen=True, slots=True)
class Optimizer:
    """A Keras optimizer by its class name, with the options that the user wrote."""

    name: str = DEFAULT_OPTIMIZER
    options: Mapping[str, object] = field(default_factory=dict)


Precision = Literal["float32", "mixed_float16", "mixed_bfloat16"]
Weights = Literal["balanced"] | Mapping[str, float]
"""What a sample counts by its class: what makes all classes count alike, or numbers by the class's name."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A figure that the run will have, and whether less or more of it is better."""

    figure: str
    direction: Direction = "min"


@dataclass(frozen=True, slots=True)
class EarlyStopping:
    """Training ends after `patience` epochs without an improvement of more than `min_delta`.

    With `restore_best` the network ends with the weights of its best epoch, whether it was stopped or not.
    """

    watched: Watched
    patience: int = 5
    min_delta: float = 0.0
    restore_best: bool = True


@dataclass(frozen=True, slots=True)
class ReduceLearningRate:
    """After `patience` epochs without an improvement the learning rate is multiplied with `factor`.

    Defaults as those of Keras's ReduceLROnPlateau. `cooldown` epochs after that do not count.
    """

    watched: Watched
    factor: float = 0.1
    patience: int = 10
    min_delta: float = 1e-4
    min_learning_rate: float = 0.0
    cooldown: int = 0


@dataclass(frozen=True, slots=True)
class Training:
    """How to train. `validation_split` is the share of the training part that is held out (0 for none).

    `class_weights` are by output, None standing for all that aim at a label. `best` decides which epoch is
    the best (None: the lowest loss). `max_time` is in seconds; `limit_steps` counts steps, `overfit` samples.
    """

    optimizer: Optimizer = field(default_factory=Optimizer)
    epochs: int = 10
    batch_size: int = 32
    validation_split: float = 0.1
    seed: int = 0
    class_weights: Mapping[str | None, Weights] = field(default_factory=dict)
    early_stopping: EarlyStopping | None = None
    reduce_learning_rate: ReduceLearningRate | None = None
    best: Watched | None = None
    precision: Precision = "float32"
    max_time: float | None = None
    limit_steps: int | None = None
    overfit: int | None = None
    tensorboard: bool = False
    deterministic: bool = False


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
