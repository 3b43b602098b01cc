"""What differs between nested values, as paths: `train.optimizer.learning_rate` with the value of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from nettool.spec.yaml.flow import yaml_flow


class Absent(Enum):
    """Stands where one of the values has nothing."""

    ABSENT = "–"


ABSENT: Final = Absent.ABSENT
"""The one of its kind."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The smallest part that differs, and what each has there (`ABSENT` for nothing)."""

    path: str
    values: tuple[object, ...]


def differences(values: Sequence[object], path: str = "") -> tuple[Difference, ...]:
    """The parts in which the values are not all the same, in the order of the first.

    Mappings are compared key by key, whatever their order; lists of mappings item by item when they are
    equally long; anything else as a whole. An option that is null is the same as none.
    """
    return tuple(_differences(values, path))


def _differences(values: Sequence[object], path: str) -> Iterator[Difference]:
    if all(is_same(values[0], other) for other in values[1:]):
        return
    mappings = [value for value in values if isinstance(value, Mapping)]
    lists = [value for value in values if isinstance(value, list)]
    if len(mappings) == len(values):
        for key in dict.fromkeys(key for mapping in mappings for key in mapping):
            parts = [mapping.get(key, ABSENT) for mapping in mappings]
            yield from _differences(parts, f"{path}.{key}" if path else str(key))
    elif len(lists) == len(values) and _can_be_paired(lists):
        for number, items in enumerate(zip(*lists, strict=True), 1):
            yield from _differences(items, f"{path}[{number}]")
    else:
        yield Difference(path, tuple(values))


def _can_be_paired(lists: Sequence[list[object]]) -> bool:
    return len({len(each) for each in lists}) == 1 and any(
        isinstance(item, Mapping) for each in lists for item in each
    )


def is_same(one: object, other: object) -> bool:
    """Equal, and not as Python's `True` equals 1."""
    if one is ABSENT or other is ABSENT:
        return one in (ABSENT, None) and other in (ABSENT, None)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return all(is_same(one.get(key, ABSENT), other.get(key, ABSENT)) for key in {**one, **other})
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def value_text(value: object, longest: int) -> str:
    """As a spec writes it, a dash for nothing; options that are null are left out, too long a rest is cut."""
    text = "–" if value is ABSENT else yaml_flow(_without_nulls(value))
    return text if len(text) <= longest else text[: longest - 1].rstrip(" ,") + "…"


def _without_nulls(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    return value
