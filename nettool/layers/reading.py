"""Read options that passed their kinds as the types that they then have."""

from collections.abc import Mapping
from typing import cast

Options = Mapping[str, object]


def number_of(options: Options, name: str) -> int:
    """A whole number."""
    return cast(int, options[name])


def flag(options: Options, name: str) -> bool:
    """True or false."""
    return cast(bool, options[name])


def spread(options: Options, name: str, count: int) -> tuple[int, ...]:
    """One number for each of `count` axes: those of a list, or one number as often as it takes."""
    return repeated(options[name], count)


def repeated(value: object, count: int) -> tuple[int, ...]:
    """The numbers of a list, or one number `count` times."""
    if isinstance(value, (list, tuple)):
        return tuple(cast(list[int], value))
    return (cast(int, value),) * count


def listed(value: object) -> tuple[int, ...]:
    """The numbers of a list, or the one number alone."""
    return repeated(value, 1)
