"""Names of classes that may not be what they seem: missing values, one name written in two ways."""

from collections.abc import Iterator

from nettool.data.field import Field
from nettool.diagnostics.suggest import listing

_MISSING = frozenset(
    {"nan", "na", "n/a", "#n/a", "<na>", "nat", "null", "none", "nil", "?", "-", "--", "missing"}
)
"""What programs and people write where they have no value, in small letters."""


def class_notes(fields: tuple[Field, ...]) -> Iterator[str]:
    """What is to be known of the names of each label's classes."""
    for field in fields:
        missing = [name for name in field.classes if name.strip().lower() in _MISSING]
        if missing:
            look = "looks like a missing value" if len(missing) == 1 else "look like missing values"
            rows = "its samples" if len(missing) == 1 else "their samples"
            which = "class" if len(missing) == 1 else "classes"
            yield f"the {which} {listing(missing)} of `{field.name}` {look}: if so, leave out {rows}"
        yield from _alike(field)


def _alike(field: Field) -> Iterator[str]:
    first: dict[str, str] = {}
    pairs = []
    for name in field.classes:
        other = first.setdefault(" ".join(name.lower().split()), name)
        if other != name:
            pairs.append(f"`{other}` and `{name}`")
    if pairs:
        shown = "; ".join(pairs[:5]) + (" …" if len(pairs) > 5 else "")
        yield f"classes of `{field.name}` differ only in capitals or spaces: {shown}"
