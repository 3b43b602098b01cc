"""Fields as the `data:` section describes them: beside arrays, made of columns, or made up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.most_classes import MOST_CLASSES
from nettool.spec.inputs import DTYPE, read_shape
from nettool.spec.known_keys import known_keys
from nettool.spec.located import Located, Name
from nettool.spec.tree import Mapping, Pair, Scalar, Sequence, Tree
from nettool.spec.values import mapping, new_name, number, one_of, whole_number, wrong_value

T = TypeVar("T")

KindWord = Literal["image", "label", "vector", "sequence"]
ColumnWord = Literal["number", "label", "image", "sequence"]

KINDS: tuple[KindWord, ...] = get_args(KindWord)
COLUMN_KINDS: tuple[ColumnWord, ...] = get_args(ColumnWord)
STATED_KEYS = ("kind", "classes", "highest")
MADE_UP_KEYS = ("kind", "shape", "dtype", "classes", "highest")
COLUMN_KEYS = ("column", "as")


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """What a spec says of a field. `classes` are names, or how many."""

    name: Name
    kind: Located[KindWord] | None = None
    shape: Located[tuple[int | None, ...]] | None = None
    dtype: Name | None = None
    highest: Located[float] | None = None
    classes: Located[int | tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """A field of a table and the columns that it is made of."""

    field: Name
    columns: tuple[Name, ...]
    kind: ColumnWord


def stated_fields(tree: Tree, findings: Findings) -> tuple[FieldEntry, ...] | None:
    """What `fields` says of arrays."""
    return _by_name(tree, "fields", findings, lambda pair: _field(pair, STATED_KEYS, findings))


def made_up_fields(tree: Tree, findings: Findings) -> tuple[FieldEntry, ...] | None:
    """What `random` should give."""
    return _by_name(tree, "random", findings, lambda pair: _field(pair, MADE_UP_KEYS, findings))


def table_columns(tree: Tree, findings: Findings) -> tuple[ColumnEntry, ...] | None:
    """The fields that `columns` makes of a table."""
    return _by_name(tree, "columns", findings, lambda pair: _column_entry(pair, findings))


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


def _field(pair: Pair, legal: tuple[str, ...], findings: Findings) -> FieldEntry | None:
    name = new_name(pair.key, "a field", findings)
    table = mapping(pair.value, name.value, findings)
    if table is None:
        return None
    before = findings.error_count
    keys = known_keys(table, legal, f"the field `{name.value}`", findings)
    entry = FieldEntry(
        name,
        one_of(keys["kind"].value, "kind", KINDS, findings) if "kind" in keys else None,
        read_shape(keys["shape"].value, "shape", findings) if "shape" in keys else None,
        one_of(keys["dtype"].value, "dtype", DTYPE.words, findings) if "dtype" in keys else None,
        _highest(keys["highest"].value, findings) if "highest" in keys else None,
        _classes(keys["classes"].value, findings) if "classes" in keys else None,
    )
    return entry if findings.error_count == before else None


def _highest(tree: Tree, findings: Findings) -> Located[float] | None:
    value = number(tree, "highest", findings, 0.0, float("inf"))
    if value == 0:
        wrong_value(findings, tree, "highest", "more than 0")
        return None
    return None if value is None else Located(value, tree.span)


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
    keys = known_keys(pair.value, COLUMN_KEYS, f"the field `{name.value}`", findings)
    if "column" not in keys:
        help_text = "for example `{column: kind, as: label}`"
        findings.add(Diagnostic("NT202", f"`{name.value}` names no `column`", name.span, help=help_text))
        return None
    columns = _columns(keys["column"].value, "column", findings)
    kind: Located[ColumnWord] | None = Located("number", name.span)
    if "as" in keys:
        kind = one_of(keys["as"].value, "as", COLUMN_KINDS, findings)
    if columns is None or kind is None:
        return None
    if len(columns) > 1 and kind.value != "number":
        message = f"`{name.value}` is made of {len(columns)} columns, but only numbers can be"
        help_text = f"name one column, and another field for each of the others (as {kind.value})"
        findings.add(Diagnostic("NT205", message, kind.span, help=help_text))
        return None
    return ColumnEntry(name, columns, kind.value)


def _columns(tree: Tree, what: str, findings: Findings) -> tuple[Name, ...] | None:
    wanted = "the name of a column, or a list of them"
    if not isinstance(tree, Sequence):
        name = _word(tree, what, wanted, findings)
        return None if name is None else (name,)
    if not tree.items:
        wrong_value(findings, tree, what, wanted, "the list is empty")
        return None
    names = [_word(item, what, wanted, findings) for item in tree.items]
    return None if None in names else tuple(name for name in names if name is not None)


def _word(tree: Tree, what: str, wanted: str, findings: Findings) -> Name | None:
    """A name, which may look like a whole number (`2020`, the class `7`)."""
    if isinstance(tree, Scalar) and type(tree.value) in (str, int) and tree.text:
        return Located(tree.text, tree.span)
    wrong_value(findings, tree, what, wanted)
    return None
