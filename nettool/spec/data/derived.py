"""`derive:` → new fields, each with a value for each class of another."""

from dataclasses import dataclass

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Span
from nettool.kinds.kind import Name as NameKind
from nettool.kinds.kind import Number
from nettool.spec.keys.key import key, keys_of
from nettool.spec.keys.read_section import ByName, read_table, read_value
from nettool.spec.keys.tree_kinds import AsWritten, At
from nettool.spec.keys.values import mapping, new_name, wrong_value
from nettool.spec.yaml.located import Located, Name, located
from nettool.spec.yaml.tree import Mapping, Pair, Scalar, Sequence, Tree


@dataclass(frozen=True, slots=True)
class DerivedEntry:
    """A new field, looked up from another by class.

    `classes` are those that the values are for; None where the values are in the order of all classes. `span`
    is where the values stand.
    """

    name: Name
    origin: Name
    values: tuple[Located[str | float], ...]
    classes: tuple[Name, ...] | None
    span: Span


class DerivedValues(AsWritten):
    """Words or numbers, in the order of the classes or by class name."""


@dataclass(frozen=True, slots=True)
class DerivedKeys:
    """The keys of a derived field."""

    origin: Name | None = key(
        At(NameKind("the name of a field")),
        name="from",
        meaning="The label that it is looked up by.",
        example="label",
        needed=True,
    )
    values: Tree | None = key(
        DerivedValues("a list with a value for each class, or values by class name"),
        meaning="A value for each class, in their order or by name: words make a label, numbers a vector.",
        example="[even, odd, even]",
        needed=True,
    )


class Derive(ByName):
    """New fields by name, each with a value for each class of another."""

    def read(self, tree: Tree, what: str, findings: Findings) -> object | None:
        """The derived fields, in the order of the file."""
        table = mapping(tree, what, findings)
        read = [_derived(pair, findings) for pair in table.pairs] if table is not None else []
        return tuple(entry for entry in read if entry is not None)


def _derived(pair: Pair, findings: Findings) -> DerivedEntry | None:
    name = new_name(pair.key, "a field", findings)
    table = mapping(pair.value, name.value, findings)
    if table is None:
        return None
    owner = f"the derived field `{name.value}`"
    section = read_table(DerivedKeys, table, owner, findings, None, name.span)
    origin, tree = section.value.origin, section.value.values
    if tree is None:
        return None
    classes = None
    if isinstance(tree, Mapping):
        classes = tuple(located(each.key) for each in tree.pairs)
        values = _looked_up([each.value for each in tree.pairs], findings)
    elif isinstance(tree, Sequence):
        values = _looked_up(list(tree.items), findings)
    else:
        values = None
        wrong_value(findings, tree, "values", keys_of(DerivedKeys)["values"].kind.description)
    if origin is None or values is None:
        return None
    return DerivedEntry(name, origin, values, classes, section.written["values"].key.span)


def _looked_up(trees: list[Tree], findings: Findings) -> tuple[Located[str | float], ...] | None:
    """All words or all numbers."""
    found: list[Located[str | float]] = []
    for tree in trees:
        value = tree.value if isinstance(tree, Scalar) else None
        if isinstance(value, str):
            found.append(Located(value, tree.span))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            checked = read_value(Number(), tree, "values", findings)
            found += [Located(checked, tree.span)] if isinstance(checked, float) else []
        else:
            wrong_value(findings, tree, "values", "made of words or of numbers")
    if len(found) < len(trees):
        return None
    odd = next((each for each in found if _is_word(each) != _is_word(found[0])), None)
    if odd is not None:
        message = "`values` must be all words or all numbers"
        help_text = "words make a label, numbers a vector of one number; a number in quotes is a word"
        findings.add(Diagnostic("NT205", message, odd.span, help=help_text))
        return None
    return tuple(found)


def _is_word(item: Located[str | float]) -> bool:
    return isinstance(item.value, str)
