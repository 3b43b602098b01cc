"""`derive:` → fields with one value for each class, whether the values were written in order or by name."""

from itertools import islice

from nettool.data.declare import derived_field
from nettool.data.field import Field
from nettool.data.request import Derived
from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.spec.data.derived import DerivedEntry

_MOST_NAMED = 12
"""Classes that a message names."""


def check_derived(
    entries: tuple[DerivedEntry, ...], fields: tuple[Field, ...], findings: Findings
) -> tuple[Derived, ...]:
    """What is to be derived from these fields and from what was derived before.

    Reported are classes without a value and values without a class; the rest is for `problems` to say.
    """
    known = {field.name: field for field in fields}
    classes: dict[str, frozenset[str]] = {}
    found: list[Derived] = []
    for entry in entries:
        origin = known.get(entry.origin.value)
        if origin is not None and origin.name not in classes:
            classes[origin.name] = frozenset(origin.classes)
        derived = _derived(entry, origin, classes.get(entry.origin.value, frozenset()), findings)
        found.append(derived)
        known.setdefault(derived.name, derived_field(derived))
    return tuple(found)


def _derived(
    entry: DerivedEntry, origin: Field | None, classes: frozenset[str], findings: Findings
) -> Derived:
    values = [each.value for each in entry.values]
    if entry.classes is not None and origin is not None and origin.kind == "label":
        written = {name.value: value for name, value in zip(entry.classes, values, strict=True)}
        _check_classes(entry, origin, classes, findings)
        if classes == written.keys():
            values = [written[name] for name in origin.classes]
    words = tuple(value for value in values if isinstance(value, str))
    numbers = tuple(value for value in values if not isinstance(value, str))
    return Derived(entry.name.value, entry.origin.value, words or numbers)


def _check_classes(entry: DerivedEntry, origin: Field, classes: frozenset[str], findings: Findings) -> None:
    written = {name.value: name.span for name in entry.classes or ()}
    for name, place in written.items():
        if name not in classes:
            help_text = did_you_mean(name, origin.classes) or f"they are {listing(origin.classes)}"
            message = f"`{origin.name}` has no class `{name}`"
            findings.add(Diagnostic("NT503", message, place, help=help_text))
    count = len(classes) - len(written)
    if count > 0 and classes.issuperset(written):
        missing = (name for name in origin.classes if name not in written)
        more = f" and {count - _MOST_NAMED} more" if count > _MOST_NAMED else ""
        named = f"{listing(islice(missing, _MOST_NAMED))}{more}"
        message = f"`{entry.name.value}` has no value for {named} of `{origin.name}`"
        findings.add(Diagnostic("NT503", message, entry.span))
