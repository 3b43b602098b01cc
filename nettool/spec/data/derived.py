"""`derive:` → new fields, each with a value for each class of another."""

from dataclasses import dataclass

from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.source import Span
from nettool.spec.known_keys import known_keys
from nettool.spec.located import Located, Name, located
from nettool.spec.tree import Mapping, Pair, Scalar, Sequence, Tree
from nettool.spec.values import mapping, new_name, number, text, wrong_value

DERIVED_KEYS = ("from", "values")


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


def read_derived(tree: Tree, what: str, findings: Findings) -> tuple[DerivedEntry, ...]:
    """The derived fields, in the order of the file."""
    table = mapping(tree, what, findings)
    read = [_derived(pair, findings) for pair in table.pairs] if table is not None else []
    return tuple(entry for entry in read if entry is not None)


def _derived(pair: Pair, findings: Findings) -> DerivedEntry | None:
    name = new_name(pair.key, "a field", findings)
    table = mapping(pair.value, name.value, findings)
    if table is None:
        return None
    keys = known_keys(table, DERIVED_KEYS, f"the derived field `{name.value}`", findings)
    for key in DERIVED_KEYS:
        if key not in keys:
            help_text = f"for example `{name.value}: {{from: label, values: [even, odd, …]}}`"
            message = f"the derived field `{name.value}` has no `{key}`"
            findings.add(Diagnostic("NT202", message, name.span, help=help_text))
    if len(keys) < len(DERIVED_KEYS):
        return None
    origin = text(keys["from"].value, "from", findings, "the name of a field")
    tree = keys["values"].value
    classes = None
    if isinstance(tree, Mapping):
        classes = tuple(located(each.key) for each in tree.pairs)
        values = _looked_up([each.value for each in tree.pairs], findings)
    elif isinstance(tree, Sequence):
        values = _looked_up(list(tree.items), findings)
    else:
        values = None
        wrong_value(findings, tree, "values", "a list with a value for each class, or values by class name")
    if origin is None or values is None:
        return None
    return DerivedEntry(name, origin, values, classes, keys["values"].key.span)


def _looked_up(trees: list[Tree], findings: Findings) -> tuple[Located[str | float], ...] | None:
    """All words or all numbers."""
    found: list[Located[str | float]] = []
    for tree in trees:
        value = tree.value if isinstance(tree, Scalar) else None
        if isinstance(value, str):
            found.append(Located(value, tree.span))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            checked = number(tree, "values", findings, float("-inf"), float("inf"))
            found += [] if checked is None else [Located(checked, tree.span)]
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
