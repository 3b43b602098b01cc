"""`data:` → a typed section: where the data come from, and what is to be done to them."""

from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from nettool.diagnostics.diagnostic import Findings
from nettool.diagnostics.source import Span
from nettool.kinds.kind import Flag, Number, Whole, Word
from nettool.kinds.kind import Name as NameKind
from nettool.kinds.list_kinds import ImageSize
from nettool.spec.data.augment import Augment, AugmentEntry
from nettool.spec.data.derived import Derive, DerivedEntry, DerivedKeys
from nettool.spec.data.origins.dataset import named_alone
from nettool.spec.data.origins.origin import Origin
from nettool.spec.data.origins.read_origin import origin_keys, read_origin
from nettool.spec.keys.key import Key, TreeKind, key, keys_of
from nettool.spec.keys.known_keys import known_keys
from nettool.spec.keys.read_section import read_keys
from nettool.spec.keys.tree_kinds import At
from nettool.spec.keys.values import class_name_or_number, wrong_value
from nettool.spec.yaml.located import Located, Name, located
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Sequence, Tree

NormalizeWord = Literal["unit", "standard", "none"]
NORMALIZATION = Word(get_args(NormalizeWord))


@dataclass(frozen=True, slots=True)
class NormalizeEntry:
    """What a network gets of a field; `field` is None for all fields that feed it."""

    field: Name | None
    mode: Located[NormalizeWord]


class ClassChoice(TreeKind):
    """Which classes are kept: how many (the first ones), or a list of names and numbers."""

    @property
    def description(self) -> str:
        """Both forms."""
        return "how many, or a list of class names or numbers"

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The number, or the classes; each with its place."""
        if not isinstance(tree, Sequence):
            return At(Whole(2)).read(tree, what, findings)
        chosen: list[Located[str | int]] = []
        for item in tree.items:
            value = item.value if isinstance(item, Scalar) else None
            if isinstance(item, Scalar) and isinstance(value, int | str) and not isinstance(value, bool):
                chosen.append(class_name_or_number(item))
            else:
                wrong_value(findings, item, what, "made of class names or numbers")
        return tuple(chosen)


class Normalize(TreeKind):
    """One way for all fields that feed the network, or ways by field."""

    @property
    def description(self) -> str:
        """One of the ways."""
        return NORMALIZATION.description

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The ways, with their fields."""
        pairs = tree.pairs if isinstance(tree, Mapping) else ()
        read = [(located(pair.key), _way(pair.value, pair.key.text, findings)) for pair in pairs]
        if not isinstance(tree, Mapping):
            way = _way(tree, what, findings)
            return None if way is None else (NormalizeEntry(None, way),)
        return tuple(NormalizeEntry(name, way) for name, way in read if way is not None)


def _way(tree: Tree, what: str, findings: Findings) -> Located[NormalizeWord] | None:
    way = At(NORMALIZATION).read(tree, what, findings)
    return way if isinstance(way, Located) else None


@dataclass(frozen=True, slots=True)
class DataSection:
    """The whole section: which keys are there is decided here, what they may name by the data package.

    `tree` is the section as it stands in the file. The keys are in the order in which things are done.
    """

    origin: Origin
    tree: Tree
    classes: Located[int] | tuple[Located[str | int], ...] | None = key(
        ClassChoice(),
        meaning="How many classes (the first ones), or which, by name or number; they are numbered anew.",
        example="[cat, dog]",
        usual="all",
        others=("num_classes", "n_classes"),
    )
    limit: int | None = key(
        Whole(1),
        meaning="Only the first so many samples of the training, validation and test set each.",
        example="100",
        others=("max_samples", "n_samples", "num_samples"),
    )
    test_split: float = key(
        Number(0.0, 1.0, below=True),
        default=0.2,
        meaning="The share of the samples that becomes the test set, where there is none.",
        example="0.1",
        others=("test_size", "test_fraction"),
    )
    resize: tuple[int, int] | None = key(
        ImageSize(),
        meaning="Images are resized to this height and width (bilinear), or to one number for both.",
        example="[64, 64]",
        others=("image_size", "img_size", "target_size", "size"),
    )
    crop: tuple[int, int] | None = key(
        ImageSize(),
        meaning="Images are cut to this height and width; the middle is kept.",
        example="[24, 24]",
    )
    pad: tuple[int, int] | None = key(
        ImageSize(),
        meaning="Images are put in the middle of black of this height and width.",
        example="[32, 32]",
    )
    channels: int | None = key(
        Whole(1),
        meaning="1 makes images grey, 3 gives them three colours.",
        example="1",
    )
    fit: bool = key(
        Flag(),
        default=False,
        meaning="Resize and channels follow from the network's input; `--data NAME` sets it.",
        example="true",
    )
    task: Name | None = key(
        At(NameKind()),
        meaning="classify: the fields as they are; pairs: left, right, same and difference.",
        example="pairs",
        usual="`classify`",
    )
    pairs_per_sample: int = key(
        Whole(1),
        default=1,
        meaning="How many pairs are made for each sample of the training set.",
        example="2",
    )
    derive: tuple[DerivedEntry, ...] = key(
        Derive(DerivedKeys),
        default=(),
        meaning="New fields by name, each with a value for each class of another field.",
        example="{parity: {from: label, values: [even, odd]}}",
    )
    normalize: tuple[NormalizeEntry, ...] = key(
        Normalize(),
        default=(),
        meaning="unit (0 to 1), standard (mean 0, deviation 1) or none: for all inputs, or by field.",
        example="standard",
        usual="`unit` for images, `none` for everything else",
        others=("normalise", "normalization", "normalisation"),
    )
    augment: tuple[AugmentEntry, ...] = key(
        Augment(),
        default=(),
        meaning="Layers that change the images of the training set at random.",
        example="[{layer: RandomFlip, mode: horizontal}]",
        others=("augmentation", "augmentations", "data_augmentation"),
    )

    @property
    def span(self) -> Span:
        """Where the origin is named: what a label about the data points at."""
        return self.origin.span


def data_keys() -> Table[str, Key]:
    """All keys of the section: those of the origins, and those that say what is done to the data."""
    return {**origin_keys(), **keys_of(DataSection)}


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
        data_set = named_alone(tree, findings)
        return None if data_set is None else DataSection(data_set, tree)
    keys = known_keys(tree, data_keys(), "`data`", findings, advice)
    origin = read_origin(tree, keys, folder if folder is not None else Path(), findings)
    values: dict[str, Any] = read_keys(DataSection, keys, findings)
    return None if origin is None else DataSection(origin, tree, **values)
