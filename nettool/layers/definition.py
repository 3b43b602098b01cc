"""A layer as we know it: its options, its meaning and its rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nettool.layers.rule import Rule
from nettool.vocabulary.keras_names import OptionDefinition

Inputs = Literal["one", "many", "two", "arguments"]
"""How a call takes its inputs: one, a list of one or more, a list of two, or arguments one by one."""


@dataclass(frozen=True, slots=True)
class LayerDefinition:
    """A layer that a spec may name.

    `family` is a word for what it is (`convolution`), `meaning` one line on what it does, `rule` None where
    only Keras knows the output's shape. `inputs` says how a call takes its inputs.
    """

    name: str
    family: str
    meaning: str
    options: Mapping[str, OptionDefinition]
    rule: Rule | None
    inputs: Inputs
