"""What is wanted of the data: the `data:` section of a spec, checked, as plain values."""

from dataclasses import dataclass
from typing import Literal

Task = Literal["classify", "pairs"]


@dataclass(frozen=True, slots=True)
class DataRequest:
    """A data set and what is to be done to it, in this order: classes, limit, resize, pad, channels, task.

    `classes`: how many (the first ones) or which (by name or number, renumbered from 0 in this order).
    `limit`: keep only the first so many samples of each part. `resize`, `pad`: height and width in pixels;
    resizing is bilinear, padding puts the image in the middle of black. `channels`: 1 or 3 (grey repeated,
    colour averaged). `fit`: resize and channels follow from the network's input. `task`: `classify` gives
    the fields `image` and `label`; `pairs` gives `left`, `right`, `same` and `difference`.
    """

    dataset: str
    task: Task = "classify"
    classes: int | tuple[str | int, ...] | None = None
    limit: int | None = None
    resize: tuple[int, int] | None = None
    pad: tuple[int, int] | None = None
    channels: int | None = None
    fit: bool = False
