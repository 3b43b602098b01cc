"""All that a training needs to go on exactly where it stood, as arrays and plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from nettool.record.events import EpochEnded
from nettool.record.position import Position

NamedArrays = tuple[tuple[str, NDArray[Any]], ...]
"""Arrays in a fixed order. It is the order that counts: Keras numbers names anew in each process."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a state belongs to: checksums of the spec (without its number of epochs) and of the data files.

    With other `versions` training can go on, though perhaps not to the same bits.
    """

    spec: str
    data: Mapping[str, str]
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class TrainingState:
    """A training at a position.

    `arrays` by what they are part of: `model` (weights, statistics, seeds), `optimizer`, `draws` (of random
    numbers that no layer owns), and within an epoch `metrics` (their running sums). `callbacks` holds plain
    values by callback, `history` the epochs that are over, `seconds` the time it all took. `is_over` says
    that training ended by itself, before its number of epochs.
    """

    position: Position
    arrays: Mapping[str, NamedArrays]
    callbacks: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    history: tuple[EpochEnded, ...] = ()
    seconds: float = 0.0
    is_over: bool = False
