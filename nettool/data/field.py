"""A field: one named quantity that a data set gives for each sample; and what a user says of one."""

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["image", "label", "vector", "sequence"]
"""An image (height, width, channels); a class number; numbers of any shape; whole numbers of any length."""


@dataclass(frozen=True, slots=True)
class Field:
    """What is known of a field before anything is read.

    `shape` leaves the batch axis out; None is a length that varies from sample to sample. `highest` is the
    value that stands for 1.0 (255 for uint8 images; 1 where values are used as they are). `classes` are the
    class names of a label, in the order of its numbers.
    """

    name: str
    kind: FieldKind
    shape: tuple[int | None, ...]
    dtype: str
    highest: float = 1.0
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldDescription:
    """The entry of a field under `fields:`; None where nothing is said.

    `classes` are the names of a label's classes in the order of its numbers; `highest` is the value that
    stands for 1.0 in an image, or the highest number in a sequence.
    """

    name: str
    kind: FieldKind | None = None
    classes: tuple[str, ...] | None = None
    highest: float | None = None
