"""The weights of a layer as they can be drawn: small images, or one matrix."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from numpy.typing import NDArray

MOST_UNITS = 64
"""Kernels of one channel (or of colour) that a picture shows, unless others are chosen."""

MOST_UNITS_ACROSS = 24
MOST_CHANNELS = 16
"""Of the units and the channels of a grid that has both."""

MOST_TILES = 4096
"""However many are chosen."""


@dataclass(frozen=True, slots=True, eq=False)
class Kernels:
    """An image for each channel of each unit: `values` of (height, width, channels, units).

    `units` and `channels` are their numbers, counted from 0, of `unit_count` and `channel_count` that there
    are. `channel_names` are those of the shown ones where numbers would not say enough. `limit` is the
    largest weight of all, shown or not. With `is_colour` the three channels are red, green and blue.
    """

    node: str
    operation: str
    variable: str
    origin: str
    values: NDArray[Any]
    units: tuple[int, ...]
    channels: tuple[int, ...]
    unit_count: int
    channel_count: int
    limit: float
    is_colour: bool = False
    channel_names: tuple[str, ...] = ()

    @property
    def has_grid(self) -> bool:
        """Whether there is a row for each channel; else each unit is one picture."""
        return self.channel_count > 1 and not self.is_colour


@dataclass(frozen=True, slots=True, eq=False)
class WeightMatrix:
    """Weights without a place in an image: `values` of (rows, columns); the words say what these are."""

    node: str
    operation: str
    variable: str
    values: NDArray[Any]
    rows: str
    columns: str


def whole_kernels(
    node: str, operation: str, variable: str, origin: str, values: NDArray[Any], limit: float
) -> Kernels:
    """All units and channels of (height, width, channels, units)."""
    _, _, channels, units = values.shape
    return Kernels(
        node,
        operation,
        variable,
        origin,
        values,
        units=tuple(range(units)),
        channels=tuple(range(channels)),
        unit_count=units,
        channel_count=channels,
        limit=limit,
    )


def chosen(kernels: Kernels, units: Sequence[int] | None, channels: Sequence[int] | None) -> Kernels:
    """These units and channels of whole kernels; where None is said, as many as make a readable picture.

    Raises ValueError, in the user's words, for numbers that there are not, and for too many.
    """
    most = MOST_UNITS_ACROSS if kernels.has_grid else MOST_UNITS
    kept_units = _kept(units, kernels.unit_count, most, "unit")
    if kernels.is_colour:
        if channels is not None:
            raise ValueError("the channels are red, green and blue, and shown as the colour that they make")
        kept_channels = kernels.channels
    else:
        kept_channels = _kept(channels, kernels.channel_count, MOST_CHANNELS, "channel")
    if len(kept_units) * len(kept_channels) > MOST_TILES:
        raise ValueError(
            f"{len(kept_units):,} units of {len(kept_channels):,} channels are more than {MOST_TILES:,} tiles"
        )
    names = kernels.channel_names
    return replace(
        kernels,
        values=kernels.values[:, :, list(kept_channels)][:, :, :, list(kept_units)],
        units=kept_units,
        channels=kept_channels,
        channel_names=tuple(names[channel] for channel in kept_channels) if names else (),
    )


def _kept(numbers: Sequence[int] | None, count: int, most: int, word: str) -> tuple[int, ...]:
    if numbers is None:
        return tuple(range(min(count, most)))
    beyond = [number for number in numbers if number >= count]
    if beyond:
        raise ValueError(f"there is no {word} {beyond[0]}: they are 0 to {count - 1}")
    return tuple(dict.fromkeys(numbers))
