"""What a layer gives for one sample, as something that can be drawn: maps, a grid of steps, or bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_MAPS = 64
MOST_PLACES = 128
"""Of a side: of a larger map each pixel is the mean of several places, or pictures would be megabytes."""


@dataclass(frozen=True, slots=True, eq=False)
class LayerMaps:
    """Images of (height, width) for each channel: `values` of (height, width, channels).

    `channels` are their numbers, of `channel_count` that there are; `of` says what one map is. `shape` is
    that of what the layer gives; each pixel is the mean of `step` × `step` places.
    """

    node: str
    operation: str
    values: NDArray[Any]
    channels: tuple[int, ...]
    channel_count: int
    shape: tuple[int, ...]
    of: str = "channel"
    step: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class LayerSteps:
    """Numbers for each step of a sequence: `values` of (features, steps)."""

    node: str
    operation: str
    values: NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class LayerNumbers:
    """One number for each unit, with their names where they have any (classes)."""

    node: str
    operation: str
    values: NDArray[Any]
    names: tuple[str, ...] = ()


Shown = LayerMaps | LayerSteps | LayerNumbers


def shown(
    node: str,
    operation: str,
    values: NDArray[Any],
    names: tuple[str, ...] = (),
    channels: Sequence[int] | None = None,
) -> Shown:
    """What a node gives for one sample, `values` without the axis of the samples.

    `channels` are the numbers of those to be shown; where None is said the first ones, as many as make a
    readable picture. `names` are those of the units of a vector. Raises ValueError for a number that there
    is not.
    """
    if values.ndim <= 1:
        numbers = values.reshape(-1)
        return LayerNumbers(node, operation, numbers, names if len(names) == len(numbers) else ())
    if values.ndim == 2:
        return LayerSteps(node, operation, values.T)
    of = "channel"
    shape = values.shape
    if values.ndim > 3:
        # What has more than two axes of places is cut into slices, channel after channel.
        cut = np.moveaxis(values, -1, 0)
        cut = cut.reshape(-1, *values.shape[-3:-1])
        values, of = np.moveaxis(cut, 0, -1), "slice of a channel"
    count = values.shape[-1]
    if channels is None:
        kept = tuple(range(min(count, MOST_MAPS)))
    else:
        beyond = [number for number in channels if number >= count]
        if beyond:
            raise ValueError(f"`{node}` has no {of} {beyond[0]}: they are 0 to {count - 1}")
        kept = tuple(dict.fromkeys(channels))
    step = ceil(max(values.shape[:2]) / MOST_PLACES)
    reduced = means(values[:, :, list(kept)].astype(np.float64), step)
    return LayerMaps(
        node, operation, reduced, channels=kept, channel_count=count, shape=shape, of=of, step=step
    )


def means(values: NDArray[np.float64], step: int, axes: Sequence[int] = (0, 1)) -> NDArray[np.float64]:
    """Of each square of so many places; at the right and lower edge of as many as there are.

    `values` are of (height, width, channels), and `axes` say along which of the first two.
    """
    if step == 1:
        return values
    for axis in axes:
        starts = np.arange(0, values.shape[axis], step)
        counts = np.diff([*starts, values.shape[axis]])
        values = np.add.reduceat(values, starts, axis=axis) / np.expand_dims(
            counts, tuple(each for each in range(3) if each != axis)
        )
    return values
