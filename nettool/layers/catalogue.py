"""All layers that a spec may name, each with its options, its meaning and its rule."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from nettool.layers import (
    activation,
    adaptive,
    attention,
    categories,
    cells,
    concatenation,
    conv_lstm,
    convolution,
    dense,
    dot,
    einsum_dense,
    embedding,
    image_preprocessing,
    margins,
    merging,
    multi_head_attention,
    normalization,
    pooling,
    preprocessing,
    recurrent,
    regularization,
    reshaping,
    spectrogram,
    transposed,
    wrappers,
)
from nettool.layers.definition import Inputs, LayerDefinition
from nettool.layers.meanings import MEANINGS
from nettool.layers.rule import Rule
from nettool.vocabulary.keras_names import layers

RULES: Mapping[str, Rule] = {
    **dense.RULES,
    **einsum_dense.RULES,
    **convolution.RULES,
    **transposed.RULES,
    **pooling.RULES,
    **adaptive.RULES,
    **normalization.RULES,
    **regularization.RULES,
    **reshaping.RULES,
    **margins.RULES,
    **activation.RULES,
    **embedding.RULES,
    **recurrent.RULES,
    **conv_lstm.RULES,
    **cells.RULES,
    **attention.RULES,
    **multi_head_attention.RULES,
    **merging.RULES,
    **concatenation.RULES,
    **dot.RULES,
    **wrappers.RULES,
    **preprocessing.RULES,
    **image_preprocessing.RULES,
    **categories.RULES,
    **spectrogram.RULES,
}

WITHOUT_RULE: Mapping[str, str] = {
    **dict.fromkeys(
        ("IntegerLookup", "StringLookup", "TextVectorization"),
        "its vocabulary may stand in a file, or must be learnt from data",
    ),
    "TFSMLayer": "its shapes stand in a saved model, which only TensorFlow can read",
}
"""The layers whose outcome is left to Keras, each with the reason."""

TWO_INPUTS = frozenset({"Subtract", "Dot", "HashedCrossing"})
MANY_INPUTS = frozenset(
    {"Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Attention", "AdditiveAttention"}
)
SEVERAL_ARGUMENTS = frozenset({"MultiHeadAttention", "GroupQueryAttention"})


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


def _inputs(name: str) -> Inputs:
    if name in TWO_INPUTS:
        return "two"
    if name in SEVERAL_ARGUMENTS:
        return "arguments"
    return "many" if name in MANY_INPUTS else "one"
