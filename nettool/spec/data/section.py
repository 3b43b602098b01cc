"""`data:` → a typed section: where the data come from, and what is to be done to them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar, get_args

from nettool.diagnostics.diagnostic import Findings
from nettool.diagnostics.source import Span
from nettool.spec.data.augment import AugmentEntry, read_augment
from nettool.spec.data.derived import DerivedEntry, read_derived
from nettool.spec.data.origin import COMPANIONS, ORIGINS, DatasetOrigin, Origin, read_origin
from nettool.spec.known_keys import known_keys
from nettool.spec.located import Located, Name, located
from nettool.spec.tree import Mapping, Pair, Scalar, Sequence, Tree
from nettool.spec.values import (
    class_name_or_number,
    number,
    one_of,
    size,
    text,
    truth,
    whole_number,
    wrong_value,
)

T = TypeVar("T")

CHANGES = (
    *("task", "classes", "limit", "test_split", "resize", "crop", "pad", "channels", "fit"),
    *("pairs_per_sample", "derive", "normalize", "augment"),
)
"""The keys that say what is done to the data, wherever they come from."""
DATA_KEYS = (*ORIGINS, *COMPANIONS, *CHANGES)
NormalizeWord = Literal["unit", "standard", "none"]
NORMALIZATIONS: tuple[NormalizeWord, ...] = get_args(NormalizeWord)


@dataclass(frozen=True, slots=True)
class NormalizeEntry:
    """What a network gets of a field; `field` is None for all fields that feed it."""

    field: Name | None
    mode: Located[NormalizeWord]


@dataclass(frozen=True, slots=True)
class DataSection:
    """The whole section: which keys are there is decided here, what they may name by the data package.

    `tree` is the section as it stands in the file.
    """

    origin: Origin
    tree: Tree
    task: Name | None = None
    classes: Located[int] | tuple[Located[str | int], ...] | None = None
    limit: Located[int] | None = None
    test_split: Located[float] | None = None
    resize: Located[tuple[int, int]] | None = None
    crop: Located[tuple[int, int]] | None = None
    pad: Located[tuple[int, int]] | None = None
    channels: Located[int] | None = None
    fit: bool = False
    pairs_per_sample: Located[int] | None = None
    derive: tuple[DerivedEntry, ...] = ()
    normalize: tuple[NormalizeEntry, ...] = ()
    augment: tuple[AugmentEntry, ...] = ()

    @property
    def span(self) -> Span:
        """Where the origin is named: what a label about the data points at."""
        return self.origin.span


def read_data(
    tree: Tree,
    folder: Path | None,
    findings: Findings,
    advice: Callable[[Pair], str | None] | None = None,
) -> DataSection | None:
    """The data section: a data set's name or a mapping. Relative paths start at `folder`.

    `advice` says where a key that it does not have belongs.
    """
    if not isinstance(tree, Mapping):
        name = text(tree, "data", findings, "the name of a data set, or a mapping such as `{folder: pets}`")
        return None if name is None else DataSection(DatasetOrigin(name.span, name), tree)
    keys = known_keys(tree, DATA_KEYS, "`data`", findings, advice)
    read = _Values(keys, findings)
    origin = read_origin(tree, keys, folder if folder is not None else Path(), findings)
    section = partial(
        DataSection,
        tree=tree,
        task=read.value("task", text),
        classes=_classes(keys["classes"].value, findings) if "classes" in keys else None,
        limit=read.value("limit", _count),
        test_split=read.value("test_split", _share),
        resize=read.value("resize", size),
        crop=read.value("crop", size),
        pad=read.value("pad", size),
        channels=read.value("channels", _count),
        fit=bool(read.value("fit", truth)),
        pairs_per_sample=read.value("pairs_per_sample", _count),
        derive=read.value("derive", read_derived) or (),
        normalize=read.value("normalize", _normalize) or (),
        augment=read.value("augment", read_augment) or (),
    )
    return None if origin is None else section(origin)


class _Values:
    """The values of the section by key: None where a key is absent or its value wrong."""

    def __init__(self, keys: dict[str, Pair], findings: Findings) -> None:
        self._keys = keys
        self._findings = findings

    def value(self, key: str, reader: Callable[[Tree, str, Findings], T | None]) -> T | None:
        pair = self._keys.get(key)
        return None if pair is None else reader(pair.value, key, self._findings)


def _count(tree: Tree, what: str, findings: Findings) -> Located[int] | None:
    value = whole_number(tree, what, 1, findings)
    return None if value is None else Located(value, tree.span)


def _share(tree: Tree, what: str, findings: Findings) -> Located[float] | None:
    value = number(tree, what, findings, 0.0, 1.0)
    return None if value is None else Located(value, tree.span)


def _classes(tree: Tree, findings: Findings) -> Located[int] | tuple[Located[str | int], ...] | None:
    if not isinstance(tree, Sequence):
        count = whole_number(tree, "classes", 2, findings)
        return None if count is None else Located(count, tree.span)
    chosen: list[Located[str | int]] = []
    for item in tree.items:
        value = item.value if isinstance(item, Scalar) else None
        if isinstance(item, Scalar) and isinstance(value, int | str) and not isinstance(value, bool):
            chosen.append(class_name_or_number(item))
        else:
            wrong_value(findings, item, "classes", "made of class names or numbers")
    return tuple(chosen)


def _normalize(tree: Tree, what: str, findings: Findings) -> tuple[NormalizeEntry, ...]:
    """One way for all fields that feed the network, or ways by field."""
    pairs = tree.pairs if isinstance(tree, Mapping) else ()
    entries: list[NormalizeEntry] = []
    if not isinstance(tree, Mapping):
        mode = one_of(tree, what, NORMALIZATIONS, findings)
        entries += [] if mode is None else [NormalizeEntry(None, mode)]
    for pair in pairs:
        mode = one_of(pair.value, pair.key.text, NORMALIZATIONS, findings)
        entries += [] if mode is None else [NormalizeEntry(located(pair.key), mode)]
    return tuple(entries)
