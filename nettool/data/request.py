"""What is wanted of the data: the `data:` section of a spec, checked, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from nettool.data.field import Field
from nettool.data.sources.source import DataSource

Task = Literal["classify", "pairs"]
Normalization = Literal["unit", "standard", "none"]


@dataclass(frozen=True, slots=True)
class Derived:
    """A new field looked up from a label: `values` has one entry for each class of the field `origin`.

    Words make the new field a label, whose classes are the different words in the order in which they first
    occur; numbers make it a vector of one number.
    """

    name: str
    origin: str
    values: tuple[str, ...] | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Augmentation:
    """One of Keras's random preprocessing layers, with its options, as training samples go through it."""

    layer: str
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DataRequest:
    """A source and what is to be done to it, in the order of the fields here.

    `classes`: how many (the first ones) or which (by name or number, renumbered from 0 in this order).
    `limit`: keep only the first so many samples of each part. `test_split`: the share of the training samples
    that becomes the test part of a source that has none. `resize`, `crop`, `pad`: height and width in pixels;
    resizing is bilinear, cropping keeps the middle, padding puts the image in the middle of black.
    `channels`: 1 or 3 (grey repeated, colour averaged). `fit`: resize and channels follow from the network's
    input. `task`: `classify` gives the source's own fields; `pairs` gives `left`, `right`, `same` and
    `difference`, with `pairs_per_sample` pairs for each sample of the training part. `derive`: new fields.
    `normalize`: what a network gets of a field: a fraction of its highest value, mean 0 and deviation 1 with
    the statistics of the training set, or the value as it is; a field that is not named gets its own default.
    `augment`: what happens to the images of the training part, anew in each epoch.
    """

    source: DataSource
    classes: int | tuple[str | int, ...] | None = None
    limit: int | None = None
    test_split: float = 0.2
    resize: tuple[int, int] | None = None
    crop: tuple[int, int] | None = None
    pad: tuple[int, int] | None = None
    channels: int | None = None
    fit: bool = False
    task: Task = "classify"
    pairs_per_sample: int = 1
    derive: tuple[Derived, ...] = ()
    normalize: Mapping[str, Normalization] = field(default_factory=dict)
    augment: tuple[Augmentation, ...] = ()


def column_names(request: DataRequest | None) -> Mapping[str, tuple[str, ...]]:
    """What the numbers of the data's vectors are called, by field; nothing without data."""
    return {} if request is None else request.source.column_names


def default_normalization(field: Field) -> Normalization:
    """Images become fractions, everything else stays as it is."""
    return "unit" if field.kind == "image" else "none"
