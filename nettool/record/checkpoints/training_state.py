"""All that a training needs to resume exactly where it was, as arrays and plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from nettool.record.disk.typed_json import later
from nettool.record.events.events import EpochEnded
from nettool.record.events.position import Position

NamedArrays = tuple[tuple[str, NDArray[Any]], ...]
"""Arrays in a fixed order. It is the order that counts: Keras numbers names anew in each process."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a state belongs to: checksums of the spec (without its number of epochs) and of the data files.

    `resolved` is the text of resolved.yaml that `spec` is the checksum of, and `code` the checksums of its
    Python files by name; earlier versions kept neither. `former` holds what earlier versions recorded of data
    files in the place of `data`: nothing, where it is an empty text. With other `versions`, and on another
    `machine` (processors, threads, variables; nothing where it was not recorded), training can resume, though
    perhaps not to the same bits.
    """

    spec: str
    data: Mapping[str, str]
    versions: Mapping[str, str]
    former: Mapping[str, str] = later(factory=dict)
    machine: Mapping[str, str] = later(factory=dict)
    resolved: str = later("")
    code: Mapping[str, str] = later(factory=dict)

    def other_data(self, other: "Identity") -> tuple[str, ...]:
        """The names of the data files in which the two differ."""
        names = dict.fromkeys((*self.data, *other.data))
        return tuple(name for name in names if not (self._has(name, other) or other._has(name, self)))

    def other_versions(self, other: "Identity") -> tuple[tuple[str, str, str | None], ...]:
        """Packages of which the other has another version, or none: name, version here, version there."""
        both = ((name, version, other.versions.get(name)) for name, version in self.versions.items())
        return tuple(each for each in both if each[1] != each[2])

    def other_machine(self, other: "Identity") -> tuple[str, ...]:
        """In what the other's machine differs, such as `1 processor instead of 2`."""
        if not self.machine or not other.machine:
            return ()
        names = dict.fromkeys((*self.machine, *other.machine))
        both = ((name, self.machine.get(name), other.machine.get(name)) for name in names)
        return tuple(_instead(name, before, now) for name, before, now in both if before != now)

    def _has(self, name: str, other: "Identity") -> bool:
        """Whether the file is the other's, as the other records it, or would have recorded it formerly."""
        return self.data.get(name, "") in (other.data.get(name), other.former.get(name))


def _instead(name: str, before: str | None, now: str | None) -> str:
    if name == "processors":
        return f"{now} {'processor' if now == '1' else 'processors'} instead of {before}"
    if before is None:
        return f"{name} is {now} and was not set"
    return f"{name} is not set and was {before}" if now is None else f"{name} is {now} instead of {before}"


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
