"""All layers that a spec may name, each with its options, its meaning and its rule."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from nettool.layers import (
    activation,
    concatenation,
    convolution,
    dense,
    dot,
    embedding,
    margins,
    merging,
    normalization,
    pooling,
    preprocessing,
    recurrent,
    regularization,
    reshaping,
    transposed,
)
from nettool.layers.definition import LayerDefinition
from nettool.layers.meanings import MEANINGS
from nettool.layers.rule import Rule
from nettool.vocabulary.keras_names import layers

RULES: Mapping[str, Rule] = {
    **dense.RULES,
    **convolution.RULES,
    **transposed.RULES,
    **pooling.RULES,
    **normalization.RULES,
    **regularization.RULES,
    **reshaping.RULES,
    **margins.RULES,
    **activation.RULES,
    **embedding.RULES,
    **recurrent.RULES,
    **merging.RULES,
    **concatenation.RULES,
    **dot.RULES,
    **preprocessing.RULES,
}

TWO_INPUTS = frozenset({"Subtract", "Dot"})
MANY_INPUTS = frozenset(
    {"Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Attention", "AdditiveAttention"}
    | {"MultiHeadAttention", "GroupQueryAttention", "HashedCrossing"}
)


@cache
def catalogue() -> Mapping[str, LayerDefinition]:
    """Every layer of Keras by class name, in alphabetical order."""
    described = {name: (family, text) for family, texts in MEANINGS.items() for name, text in texts.items()}
    return MappingProxyType(
        {
            name: LayerDefinition(
                name=name,
                family=described[name][0],
                meaning=described[name][1],
                options=definition.options,
                rule=RULES.get(name),
                inputs=_inputs(name),
            )
            for name, definition in layers().items()
        }
    )


def merge_names() -> tuple[str, ...]:
    """The layers that bring branches together, which a spec may write under `merge:`."""
    return tuple(MEANINGS["merging"])


def _inputs(name: str) -> Literal["one", "many", "two"]:
    if name in TWO_INPUTS:
        return "two"
    return "many" if name in MANY_INPUTS else "one"
