"""What was done to the data of a run, so that new data can be treated in exactly the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from nettool.data.field import Field
from nettool.data.scale import Scale


@dataclass(frozen=True, slots=True)
class Preparation:
    """The fields as a network meets them, classes included, and the scale of each with its numbers."""

    fields: tuple[Field, ...]
    scales: Mapping[str, Scale] = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """As plain values for JSON; `from_facts` makes the same preparation of them."""
        return {
            "fields": [asdict(each) for each in self.fields],
            "scales": {name: asdict(scale) for name, scale in self.scales.items()},
        }


def from_facts(facts: Mapping[str, Any]) -> Preparation:
    """The preparation that `facts` described. Raises KeyError or TypeError for anything else."""
    fields = tuple(
        Field(
            each["name"],
            each["kind"],
            tuple(each["shape"]),
            each["dtype"],
            each.get("highest", 1.0),
            tuple(each.get("classes", ())),
        )
        for each in facts["fields"]
    )
    scales = {
        name: Scale(tuple(scale["shift"]), tuple(scale["divisor"])) for name, scale in facts["scales"].items()
    }
    return Preparation(fields, scales)
