"""Notes on classes: missing values, one name written in two ways, classes without a training sample."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.data.field import Field
from nettool.data.sources.source import PartName
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


_SHOWN = 10


def unlearned(fields: tuple[Field, ...], parts: Mapping[PartName, Part]) -> Iterator[str]:
    """A note for each label and part with samples of classes that the training set has none of."""
    for field in fields:
        if field.kind != "label":
            continue
        learned = _classes(parts["train"], field)
        for name in ("validation", "test"):
            only = [field.classes[number] for number in _classes(parts[name], field) if number not in learned]
            if only:
                which = "the class" if len(only) == 1 else "the classes"
                more = f" and {len(only) - _SHOWN:,} more" if len(only) > _SHOWN else ""
                them = "it" if len(only) == 1 else "them"
                yield (
                    f"the training set has no sample of {which} {listing(only[:_SHOWN])}{more} of "
                    f"`{field.name}`: the network cannot learn {them}, but the {name} set holds {them}"
                )


def _classes(part: Part, field: Field) -> list[int]:
    labels: NDArray[np.generic] = part.columns[field.name].array() if len(part) else np.zeros(0, np.int64)
    found: list[int] = np.unique(labels.astype(np.int64)).tolist()
    return found
