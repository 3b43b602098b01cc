"""Fields as the `data:` section describes them, beside arrays or for random values."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args

from nettool.data.field import FieldKind
from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.most_classes import MOST_CLASSES
from nettool.kinds.kind import Number, Word
from nettool.spec.keys.key import TreeKind, key
from nettool.spec.keys.known_keys import known_keys
from nettool.spec.keys.read_section import ByName, read_keys
from nettool.spec.keys.tree_kinds import At
from nettool.spec.keys.values import mapping, name_or_number, new_name, whole_number, wrong_value
from nettool.spec.network.inputs import DTYPE, SHAPE
from nettool.spec.yaml.located import Located, Name
from nettool.spec.yaml.tree import Pair, Sequence, Tree


class ClassNames(TreeKind):
    """The classes of a label: their names, or how many there are."""

    @property
    def description(self) -> str:
        """Both forms."""
        return "a list of names, or how many"

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The names or the number, with their place."""
        return _classes(tree, findings)


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """What a spec says of a field. `classes` are names, or how many."""

    name: Name
    kind: Located[FieldKind] | None = key(
        At(Word(get_args(FieldKind))),
        meaning="What the field is: image, label, vector or sequence.",
        example="vector",
        usual="as its values or its other keys show",
        others=("type", "datatype"),
    )
    shape: Located[tuple[int | None, ...]] | None = key(
        SHAPE,
        meaning="The lengths of the axes, the samples left out; null for any length.",
        example="[28, 28, 1]",
        others=("input_shape", "input_size", "dim", "dims"),
    )
    dtype: Name | None = key(
        At(DTYPE),
        meaning="The type of its numbers.",
        example="int32",
        others=("type", "datatype"),
    )
    classes: Located[int | tuple[str, ...]] | None = key(
        ClassNames(),
        meaning="The names of a label's classes, in the order of their numbers; or how many.",
        example="[circle, square, star]",
        others=("num_classes", "n_classes"),
    )
    highest: Located[float] | None = key(
        At(Number(0.0, above=True)),
        meaning="The value that stands for 1 in an image; the greatest number in a sequence.",
        example="255",
        others=("max",),
    )


class FieldsByName(ByName):
    """Fields, and what is said of each."""

    def entry(self, pair: Pair, findings: Findings) -> object | None:
        """What is said of a field; None where anything of it is wrong."""
        name = new_name(pair.key, "a field", findings)
        table = mapping(pair.value, name.value, findings)
        if table is None:
            return None
        before = findings.error_count
        pairs = known_keys(table, self.keys, f"the field `{name.value}`", findings)
        values: dict[str, Any] = read_keys(FieldEntry, pairs, findings)
        return FieldEntry(name, **values) if findings.error_count == before else None


@lru_cache(maxsize=8)
def class_names(classes: int | tuple[str, ...]) -> tuple[str, ...]:
    """The classes as they are named; so many of them by their numbers. Equal ones are kept once."""
    return tuple(map(str, range(classes))) if isinstance(classes, int) else classes


def _classes(tree: Tree, findings: Findings) -> Located[int | tuple[str, ...]] | None:
    """Names, or how many."""
    if not isinstance(tree, Sequence):
        count = whole_number(tree, "classes", 2, findings)
        if count is not None and count > MOST_CLASSES:
            wrong_value(findings, tree, "classes", f"a whole number from 2 to {MOST_CLASSES:,}")
            return None
        return None if count is None else Located(count, tree.span)
    names: dict[str, None] = {}
    for item in tree.items:
        word = name_or_number(item, "classes", "made of class names", findings)
        if word is None:
            return None
        if word.value in names:
            findings.add(Diagnostic("NT503", f"`classes` has `{word.value}` twice", item.span))
            return None
        names[word.value] = None
    if len(names) < 2:
        message = f"`classes` must name at least two classes, not {len(names)}"
        findings.add(Diagnostic("NT205", message, tree.span))
        return None
    return Located(tuple(names), tree.span)
