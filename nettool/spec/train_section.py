"""The `train:` section as the file says it: typed, located; None means that the default holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nettool.diagnostics.source import Span
from nettool.spec.document import Located, Name, Option

Mode = Literal["auto", "min", "max"]
Precision = Literal["float32", "mixed_float16", "mixed_bfloat16"]
Balanced = Literal["balanced"]

DEFAULT_OPTIMIZER = "Adam"


@dataclass(frozen=True, slots=True)
class WatchEntry:
    """A figure to watch (None: the usual one), and whether less or more of it is better."""

    span: Span
    monitor: Name | None = None
    mode: Mode = "auto"


@dataclass(frozen=True, slots=True)
class EarlyStoppingEntry:
    """When to stop because nothing becomes better any more."""

    watch: WatchEntry
    patience: int | None = None
    min_delta: float | None = None
    restore_best: bool | None = None


@dataclass(frozen=True, slots=True)
class ReduceLearningRateEntry:
    """When to make the learning rate smaller because nothing becomes better any more."""

    watch: WatchEntry
    factor: float | None = None
    patience: int | None = None
    min_delta: float | None = None
    min_learning_rate: float | None = None
    cooldown: int | None = None


@dataclass(frozen=True, slots=True)
class ClassWeightsEntry:
    """What samples count by the class of an output's target: `balanced`, or numbers by the class.

    `output` is None where no output is named.
    """

    span: Span
    output: Name | None
    weights: Balanced | tuple[tuple[Located[str | int], float], ...]


@dataclass(frozen=True, slots=True)
class TrainSection:
    """The whole section; `max_time` is in seconds."""

    span: Span
    optimizer: Name | None = None
    optimizer_options: Mapping[str, Option] | None = None
    epochs: int | None = None
    batch_size: int | None = None
    validation_split: float | None = None
    class_weights: tuple[ClassWeightsEntry, ...] = ()
    early_stopping: EarlyStoppingEntry | None = None
    reduce_learning_rate: ReduceLearningRateEntry | None = None
    best: WatchEntry | None = None
    precision: Located[Precision] | None = None
    max_time: float | None = None
    limit_steps: int | None = None
    overfit: int | None = None
    tensorboard: bool | None = None
    deterministic: bool | None = None
    seed: int | None = None
