"""Which field of the data goes into which input, and which is the target of which output."""

from dataclasses import dataclass
from typing import Literal

from nettool.data.field import Field
from nettool.layers.outcome import Shape

Encoding = Literal["one_hot", "index", "value"]
"""How a target meets its loss: a row of 0s and a 1, a class number, or the value as it is."""


@dataclass(frozen=True, slots=True)
class InputBinding:
    """A field feeds an input: reshaped to `shape` (no batch axis), divided by the field's highest value."""

    input: str
    field: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class TargetBinding:
    """A field is what an output should give. `shape` (no batch axis), `classes`: once encoded."""

    output: str
    field: str
    encoding: Encoding
    shape: Shape
    classes: int = 0


@dataclass(frozen=True, slots=True)
class Binding:
    """The fields in play and where each goes."""

    fields: tuple[Field, ...]
    inputs: tuple[InputBinding, ...]
    targets: tuple[TargetBinding, ...]

    def field(self, name: str) -> Field:
        """The field of that name."""
        return next(field for field in self.fields if field.name == name)
