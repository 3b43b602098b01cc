"""`derive:` → fields with one value for each class, whether the values were written in order or by name."""

from nettool.data.declare import derived_field
from nettool.data.field import Field
from nettool.data.request import Derived
from nettool.diagnostics.diagnostic import Diagnostic, Findings
from nettool.diagnostics.suggest import did_you_mean, listing
from nettool.spec.data_section import DerivedEntry


def check_derived(
    entries: tuple[DerivedEntry, ...], fields: tuple[Field, ...], findings: Findings
) -> tuple[Derived, ...]:
    """What is to be derived from these fields and from what was derived before.

    Reported are classes without a value and values without a class; the rest is for `problems` to say.
    """
    known = {field.name: field for field in fields}
    found: list[Derived] = []
    for entry in entries:
        derived = _derived(entry, known.get(entry.origin.value), findings)
        found.append(derived)
        known.setdefault(derived.name, derived_field(derived))
    return tuple(found)


def _derived(entry: DerivedEntry, origin: Field | None, findings: Findings) -> Derived:
    values = [each.value for each in entry.values]
    if entry.classes is not None and origin is not None and origin.kind == "label":
        written = {name.value: value for name, value in zip(entry.classes, values, strict=True)}
        _check_classes(entry, origin, findings)
        values = [written[name] for name in origin.classes if name in written]
    words = tuple(value for value in values if isinstance(value, str))
    numbers = tuple(value for value in values if not isinstance(value, str))
    return Derived(entry.name.value, entry.origin.value, words or numbers)


def _check_classes(entry: DerivedEntry, origin: Field, findings: Findings) -> None:
    written = {name.value: name.span for name in entry.classes or ()}
    classes = frozenset(origin.classes)
    for name, place in written.items():
        if name not in classes:
            help_text = did_you_mean(name, origin.classes) or f"they are {listing(origin.classes)}"
            message = f"`{origin.name}` has no class `{name}`"
            findings.add(Diagnostic("NT503", message, place, help=help_text))
    missing = [name for name in origin.classes if name not in written]
    if missing and classes.issuperset(written):
        message = f"`{entry.name.value}` has no value for {listing(missing)} of `{origin.name}`"
        findings.add(Diagnostic("NT503", message, entry.span))
