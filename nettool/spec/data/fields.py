"""Fields as the `data:` section describes them: beside arrays, made of columns, or made up."""

from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.most_classes import MOST_CLASSES
from nettool.kinds.kind import Number, Word
from nettool.spec.inputs import DTYPE, SHAPE
from nettool.spec.key import Key, TreeKind, key, keys_of
from nettool.spec.known_keys import known_keys
from nettool.spec.located import Located, Name
from nettool.spec.read_section import read_keys, read_table
from nettool.spec.tree import Mapping, Pair, Scalar, Sequence, Tree
from nettool.spec.tree_kinds import At
from nettool.spec.values import mapping, new_name, whole_number, wrong_value

T = TypeVar("T")

KindWord = Literal["image", "label", "vector", "sequence"]
ColumnWord = Literal["number", "label", "image", "sequence"]

KINDS: tuple[KindWord, ...] = get_args(KindWord)
COLUMN_KINDS: tuple[ColumnWord, ...] = get_args(ColumnWord)


class ClassNames(TreeKind):
    """The classes of a label: their names, or how many there are."""

    @property
    def description(self) -> str:
        """Both forms."""
        return "a list of names, or how many"

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The names or the number, with their place."""
        return _classes(tree, findings)


class ColumnNames(TreeKind):
    """The columns that a field is made of."""

    @property
    def description(self) -> str:
        """One or several."""
        return "the name of a column, or a list of them"

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """Their names."""
        return _columns(tree, what, findings)


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """What a spec says of a field. `classes` are names, or how many."""

    name: Name
    kind: Located[KindWord] | None = key(
        At(Word(KINDS)),
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


@dataclass(frozen=True, slots=True)
class ColumnKeys:
    """The keys of a field that is made of columns."""

    column: tuple[Name, ...] | None = key(
        ColumnNames(),
        meaning="The column's name; for numbers, a list makes one vector of several.",
        example="kind",
        others=("name",),
        needed=True,
    )
    kind: Located[ColumnWord] | None = key(
        At(Word(COLUMN_KINDS)),
        name="as",
        meaning="What the cells are: number, label, image (file names) or sequence (whole numbers).",
        example="label",
        usual="`number`",
        others=("type", "datatype"),
    )


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """A field of a table and the columns that it is made of."""

    field: Name
    columns: tuple[Name, ...]
    kind: ColumnWord


class StatedFields(TreeKind):
    """`fields`: what arrays do not tell of themselves."""

    @property
    def description(self) -> str:
        """The mapping."""
        return "a mapping of names to values"

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """What is said of each field."""
        return _by_name(tree, what, findings, lambda pair: _field(pair, stated_keys(), findings))


class RandomFields(TreeKind):
    """`random`: fields whose values are drawn."""

    @property
    def description(self) -> str:
        """The mapping."""
        return "a mapping of names to values"

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """What each field should be."""
        return _by_name(tree, what, findings, lambda pair: _field(pair, keys_of(FieldEntry), findings))


class TableColumns(TreeKind):
    """`columns`: the fields that a table has."""

    @property
    def description(self) -> str:
        """The mapping."""
        return "a mapping of names to values"

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The columns of each field."""
        return _by_name(tree, what, findings, lambda pair: _column_entry(pair, findings))


def stated_keys() -> Table[str, Key]:
    """The keys that `fields` may have: arrays tell their shapes and types themselves."""
    return {name: each for name, each in keys_of(FieldEntry).items() if name not in ("shape", "dtype")}


def _by_name(
    tree: Tree, what: str, findings: Findings, read: Callable[[Pair], T | None]
) -> tuple[T, ...] | None:
    table = mapping(tree, what, findings)
    if table is None:
        return None
    if not table.pairs:
        wrong_value(findings, tree, what, "a mapping of names to values", "the mapping is empty")
        return None
    found = [read(pair) for pair in table.pairs]
    return None if None in found else tuple(each for each in found if each is not None)


def _field(pair: Pair, legal: Table[str, Key], findings: Findings) -> FieldEntry | None:
    name = new_name(pair.key, "a field", findings)
    table = mapping(pair.value, name.value, findings)
    if table is None:
        return None
    before = findings.error_count
    pairs = known_keys(table, legal, f"the field `{name.value}`", findings)
    values: dict[str, Any] = read_keys(FieldEntry, pairs, findings)
    return FieldEntry(name, **values) if findings.error_count == before else None


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
        word = _word(item, "classes", "made of class names", findings)
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


def _column_entry(pair: Pair, findings: Findings) -> ColumnEntry | None:
    name = new_name(pair.key, "a field", findings)
    if not isinstance(pair.value, Mapping):
        columns = _columns(pair.value, name.value, findings)
        return None if columns is None else ColumnEntry(name, columns, "number")
    before = findings.error_count
    owner = f"the field `{name.value}`"
    keys = read_table(ColumnKeys, pair.value, owner, findings, None, name.span).value
    columns, kind = keys.column, keys.kind or Located("number", name.span)
    if columns is None or findings.error_count > before:
        return None
    if len(columns) > 1 and kind.value != "number":
        message = f"`{name.value}` is made of {len(columns)} columns, but only numbers can be"
        help_text = f"name one column, and another field for each of the others (as {kind.value})"
        findings.add(Diagnostic("NT205", message, kind.span, help=help_text))
        return None
    return ColumnEntry(name, columns, kind.value)


def _columns(tree: Tree, what: str, findings: Findings) -> tuple[Name, ...] | None:
    wanted = ColumnNames().description
    if isinstance(tree, Sequence) and not tree.items:
        wrong_value(findings, tree, what, wanted, "the list is empty")
        return None
    items = tree.items if isinstance(tree, Sequence) else (tree,)
    names = [_word(item, what, wanted, findings) for item in items]
    return None if None in names else tuple(name for name in names if name is not None)


def _word(tree: Tree, what: str, wanted: str, findings: Findings) -> Name | None:
    """A name, which may look like a whole number (`2020`, the class `7`)."""
    if isinstance(tree, Scalar) and type(tree.value) in (str, int) and tree.text:
        return Located(tree.text, tree.span)
    wrong_value(findings, tree, what, wanted)
    return None
