"""Classes that only the validation or test set has samples of: no network can learn them."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from nettool.data.column import Part
from nettool.data.field import Field
from nettool.data.sources.source import PartName
from nettool.diagnostics.suggest import listing

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
